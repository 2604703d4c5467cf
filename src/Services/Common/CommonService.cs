using WuShe.Services.Common.Data;
using WuShe.Services.Common.Media;
using WuShe.Services.Common.Messages;

namespace WuShe.Services.Common;

/// <summary>What every service relies on: it talks to nobody, but has jobs.</summary>
public sealed class CommonService : ICommunityService
{
    private const string EveryMinute = "* * * * *";
    private const string AtNight = "30 3 * * *";

    public void Describe(ServiceDescription service) => service
        .Named("common", "公共")
        .Job<DeliverOutbox>(EveryMinute)
        .Job<FinishInterruptedTurns>(EveryMinute)
        .Job<FetchInboundMedia>(EveryMinute)
        .Job<TidyRecord>(AtNight);
}
