using WuShe.Services.Common.Data;
using WuShe.Services.Common.Media;
using WuShe.Services.Common.Messages;
using WuShe.Services.Common.Residency;
using WuShe.Services.Common.StaffChat;

namespace WuShe.Services.Common;

/// <summary>What every service relies on: it talks to nobody, but has jobs.</summary>
public sealed class CommonService : ICommunityService
{
    /// <summary>Six fields begin with seconds.</summary>
    private const string EveryTenSeconds = "*/10 * * * * *";
    private const string EveryMinute = "* * * * *";
    private const string EveryTenMinutes = "*/10 * * * *";
    private const string AtNight = "30 3 * * *";

    public void Describe(ServiceDescription service) => service
        .Named("common", "公共")
        .Job<DeliverOutbox>(EveryTenSeconds)
        .Job<FinishInterruptedTurns>(EveryTenSeconds)
        .Job<FetchInboundMedia>(EveryTenSeconds)
        .Job<PostWaitingDigests>(EveryTenSeconds)
        .Job<RecogniseResidents>(EveryMinute)
        .Job<MindIdleDialogs>(EveryTenMinutes)
        .Job<TidyRecord>(AtNight);
}
