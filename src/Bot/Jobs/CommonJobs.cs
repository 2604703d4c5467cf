using WuShe.Services.Common;

using WuShe.Services.Common.Files;
using WuShe.Services.Common.Messages;

namespace WuShe.Bot.Jobs;

/// <summary>The jobs that belong to no single service. Schedules with six fields begin with seconds; times are Beijing times.</summary>
internal static class CommonJobs
{
    public static IReadOnlyList<JobDescription> All { get; } =
    [
        new(typeof(DeliverOutbox), "*/10 * * * * *"),
        new(typeof(FinishInterruptedTurns), "*/20 * * * * *"),
        new(typeof(FetchInboundMedia), "*/15 * * * * *"),
        new(typeof(MindIdleDialogs), "*/10 * * * *"),
    ];
}
