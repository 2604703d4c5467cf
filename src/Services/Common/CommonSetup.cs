using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WuShe.Dialogs.Understanding;
using WuShe.Services.Common.Alarms;
using WuShe.Services.Common.Calendar;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Demo;
using WuShe.Services.Common.Media;
using WuShe.Services.Common.Messages;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Residency;
using WuShe.Services.Common.Staff;
using WuShe.Services.Common.StaffChat;

namespace WuShe.Services.Common;

/// <summary>Registers what all services share. The host adds the database, files, channels, <c>ITurns</c> and <c>IWake</c>.</summary>
public static class CommonSetup
{
    public static IServiceCollection AddCommunityServices(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ITransactions, DatabaseTransactions>();
        services.AddSingleton<Outbox>().AddSingleton<IOutbox>(all => all.GetRequiredService<Outbox>());
        services.AddSingleton<IOwedReplies, OutboxOwedReplies>();
        services.AddSingleton<OutboxQueue>().AddSingleton<Delivery>();
        services.AddSingleton<Residents>().AddSingleton<IFollowers>(all => all.GetRequiredService<Residents>());
        services.TryAddSingleton<ISmsPort, NoSms>();
        services.TryAddSingleton<AlarmDesk>();
        services.AddSingleton<OrganisationMap>().AddSingleton<ChannelUnits>();
        services.AddSingleton<IOrganisation, MappedOrganisation>().AddSingleton<IPlaces, MappedPlaces>();
        services.AddSingleton<WorkingCalendar>().AddSingleton<IHolidays>(all => all.GetRequiredService<WorkingCalendar>());
        services.AddSingleton<WorkingTimeMap>().AddSingleton<WorkingHours>();
        services.AddSingleton<IWorkingHours>(all => all.GetRequiredService<WorkingHours>())
            .AddSingleton<IWorkingCalendar>(all => all.GetRequiredService<WorkingHours>());
        services.AddSingleton<MissingHolidays>();
        services.AddSingleton<IDuty, MappedDuty>().AddSingleton<IStaffLeaving, GridsOfLeavers>();
        services.AddSingleton<IAttachments, StoredAttachments>().AddSingleton<IInboundMedia, PromisedMedia>();
        services.AddSingleton<StaffChats>().AddSingleton<StaffIdentities>().AddSingleton<StaffImport>();
        services.TryAddSingleton<StaffAccounts>();
        services.TryAddSingleton<ISceneCodes, NoSceneCodes>();
        services.AddSingleton<MediaWork>().AddSingleton<DemoData>();
        services.TryAddSingleton<DeliverOutbox>();
        services.TryAddSingleton<FinishInterruptedTurns>();
        services.TryAddSingleton<FetchInboundMedia>();
        services.TryAddSingleton<RecogniseResidents>();
        services.TryAddSingleton<TidyRecord>();
        return services;
    }
}
