namespace WuShe.Services.Common.Messages;

/// <summary>When a delivery is tried again, and when it is given up.</summary>
internal static class BackOff
{
    /// <summary>What fails is given up this long after it fell due.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(48);

    /// <summary>
    /// What is refused waits for the person to write, however many working days that takes; after this time it is old news,
    /// and not kept longer than what was delivered.
    /// </summary>
    public static readonly TimeSpan RefusedPatience = TimeSpan.FromDays(180);

    /// <summary>But not before so many tries: a channel may have stood still for all that time.</summary>
    public const int LeastTries = 5;

    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1),
    ];

    // A refusal lasts until the person writes or comes back, which is noticed (OutboxQueue.Reconsider); these tries are for
    // refusals that end otherwise, for a mark that was lost, and the first for whoever wrote while the refusal was on its way.
    private static readonly TimeSpan WhenJustRefused = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WhenRefused = TimeSpan.FromHours(6);
    private static readonly TimeSpan WhenRefusedLong = TimeSpan.FromDays(1);

    /// <param name="attempts">How many there were.</param>
    /// <param name="refused">Whether the last was refused rather than failed.</param>
    /// <param name="owedFor">How long ago it fell due.</param>
    public static TimeSpan After(int attempts, bool refused, TimeSpan owedFor) => refused
        ? attempts == 1 ? WhenJustRefused : owedFor < Patience ? WhenRefused : WhenRefusedLong
        : Steps[Math.Clamp(attempts - 1, 0, Steps.Length - 1)];
}
