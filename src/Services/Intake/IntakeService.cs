using MudBlazor;
using WuShe.Services.Common;

namespace WuShe.Services.Intake;

/// <summary>代录: staff take reports for people who telephone, come to the window or write, and look at what is known of a person.</summary>
public sealed class IntakeService : ICommunityService
{
    public void Describe(ServiceDescription service) => service
        .Named("intake", "代录")
        .ConsolePage("/staff/intake", "电话窗口代录", Icons.Material.Outlined.ContactPhone)
        .Owns<Intakes>().Owns<IntakeChecks>().Owns<IntakePeople>().Owns<PersonFiles>().Owns<PersonalData>().Owns<PhoneKeys>();
}
