using WuShe.Dialogs.Understanding;

namespace WuShe.Dialogs.Questions;

/// <summary>A time as a person gave it and as it was understood.</summary>
/// <param name="From">Begin, UTC.</param>
/// <param name="To">End, UTC; the same as <paramref name="From"/> for a point in time.</param>
/// <param name="Precision">How exactly it was said.</param>
/// <param name="Words">As it was said.</param>
public sealed record TimeAnswer(DateTimeOffset From, DateTimeOffset To, TimePrecision Precision, string Words)
{
    public static TimeAnswer Of(TimeReading reading) => new(reading.From, reading.To, reading.Precision, reading.Words);

    /// <summary>As it is shown back: 11月27日（周五）下午3点, 11月27日（周五）上午, 11月30日（周一）到12月6日（周日）.</summary>
    public string Shown(DateTimeOffset now) => TimeSentences.Shown(this, now);
}
