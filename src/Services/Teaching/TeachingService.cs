using MudBlazor;
using WuShe.Services.Common;

namespace WuShe.Services.Teaching;

/// <summary>Sentences that were not understood, and how the service learns from them.</summary>
public sealed class TeachingService : ICommunityService
{
    private const string EveryTenSeconds = "*/10 * * * * *";

    public void Describe(ServiceDescription service) => service
        .Named("teaching", "教它听懂")
        .Job<UnclearNotes>(EveryTenSeconds)
        .Job<TrainWhenAsked>(EveryTenSeconds)
        .ConsolePage("/staff/teaching", "没听懂的话", Icons.Material.Outlined.School)
        .Owns<Teaching>().Owns<LostPlaces>().Owns<Trainings>().Owns<ModelInUse>().Owns<TrainingMaterial>();
}
