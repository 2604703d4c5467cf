using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Understanding;
using WuShe.Services.Bindings;
using WuShe.Services.Cases;
using WuShe.Services.Common;
using WuShe.Services.Emergencies;
using WuShe.Services.GroupChat;
using WuShe.Services.Handoffs;
using WuShe.Services.Intake;
using WuShe.Services.Organisation;
using WuShe.Services.Places;
using WuShe.Services.ProblemReports;
using WuShe.Services.Routing;
using WuShe.Services.Teaching;
using WuShe.Services.WorkingTime;

namespace WuShe.Services;

/// <summary>The community services there are, in menu order. A new service is a line here.</summary>
public static class ServiceCatalog
{
    public static IReadOnlyList<ICommunityService> Services { get; } =
    [
        new ProblemReportsService(),
        new CasesService(),
        new IntakeService(),
        new GroupChatService(),
        new HandoffsService(),
        new EmergenciesService(),
        new BindingsService(),
        new TeachingService(),
        new PlacesService(),
        new WorkingTimeService(),
        new OrganisationService(),
        new RoutingService(),
        new CommonService(),
    ];

    /// <summary>What each service says of itself, in menu order.</summary>
    public static IReadOnlyList<ServiceDescription> Describe() => [.. Services.Select(Described)];

    /// <summary>
    /// Registers every service as singletons, their settings, the descriptions and the catalogue of their dialogs. The
    /// host adds what all services share (<c>AddCommunityServices</c>), the database and the console feed.
    /// </summary>
    public static IServiceCollection AddServiceCatalog(this IServiceCollection services)
    {
        var described = Describe();
        foreach (var service in described)
        {
            services.AddSingleton(service);
            foreach (var settings in service.SettingsSections) settings.Register(services);
            foreach (var useCase in service.UseCases) services.TryAddSingleton(useCase);
            foreach (var offered in service.Interfaces) services.AddSingleton(offered.Interface, offered.Type);
            foreach (var notice in service.Notices) services.AddSingleton(notice);
            foreach (var job in service.Jobs) services.TryAddSingleton(job.Type);
            foreach (var dialog in service.Dialogs)
            {
                services.TryAddSingleton(dialog.Type);
                if (dialog.Opener is not null) services.TryAddSingleton(dialog.Opener);
            }
        }

        services.TryAddSingleton<ModelUnderstanding>();
        services.TryAddSingleton<IUnderstanding>(provider => provider.GetRequiredService<ModelUnderstanding>());
        services.TryAddSingleton<IUnclear>(provider => provider.GetRequiredService<UnclearNotes>());
        return services.AddSingleton(provider => new DialogCatalog(
            described.SelectMany(service => service.Dialogs).Select(dialog => Entry(dialog, provider))));
    }

    private static ServiceDescription Described(ICommunityService service)
    {
        var description = new ServiceDescription();
        service.Describe(description);
        return description;
    }

    private static DialogEntry Entry(DialogDescription dialog, IServiceProvider provider) =>
        new(dialog.Name, dialog.Title, dialog.Version, (IDialog)provider.GetRequiredService(dialog.Type))
        {
            OpensOn = dialog.OpensOn,
            OnMenu = dialog.OnMenu,
            Opener = dialog.Opener is null ? null : (IOpener)provider.GetRequiredService(dialog.Opener),
            Reminds = dialog.Reminds,
            TakesPictures = dialog.TakesPictures,
            Intents = dialog.Intents,
            HandsOver = dialog.HandsOver,
            Alarms = dialog.Alarms,
            Scenes = dialog.Scenes,
        };
}
