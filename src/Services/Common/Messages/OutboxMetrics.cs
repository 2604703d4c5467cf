using System.Diagnostics.Metrics;

namespace WuShe.Services.Common.Messages;

/// <summary>Meter <c>WuShe.Outbox</c>: age of the oldest message that is due (seconds), attempts by result.</summary>
public static class OutboxMetrics
{
    private static readonly Meter Meter = new("WuShe.Outbox");
    private static readonly Counter<long> Attempts = Meter.CreateCounter<long>("wushe.outbox.attempts");
    private static Func<double> _age = () => 0;

    static OutboxMetrics() =>
        Meter.CreateObservableGauge("wushe.outbox.oldest_due.age", () => _age(), "s", "Age of the oldest message that is due and not delivered");

    /// <summary>Whoever asks for the name makes the meter, so that it is there before the first sweep.</summary>
    public static string MeterName => Meter.Name;

    /// <summary>As of the last sweep; the age grows by itself between sweeps, so a sweep that hangs shows.</summary>
    internal static void OldestDue(DateTimeOffset? due, TimeProvider time) =>
        _age = due is { } since ? () => (time.GetUtcNow() - since).TotalSeconds : () => 0;

    internal static void Attempted(DeliveryResult result) =>
        Attempts.Add(1, new KeyValuePair<string, object?>("result", result.ToString()));
}
