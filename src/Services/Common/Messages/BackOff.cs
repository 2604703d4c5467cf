namespace WuShe.Services.Common.Messages;

/// <summary>When a delivery is tried again, and when it is given up.</summary>
internal static class BackOff
{
    /// <summary>Given up this long after it fell due.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(48);

    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1),
    ];

    // A refusal lasts until the person does something (writes, comes back), which is noticed; these tries are for the rest.
    private static readonly TimeSpan WhenRefused = TimeSpan.FromHours(6);

    public static TimeSpan After(int attempts, bool refused) =>
        refused ? WhenRefused : Steps[Math.Clamp(attempts - 1, 0, Steps.Length - 1)];
}
