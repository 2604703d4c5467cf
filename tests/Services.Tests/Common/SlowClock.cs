using WuShe.Services.Common.Calendar;

namespace WuShe.Services.Tests.Common;

/// <summary>
/// The clock again, written from its description alone: it walks minute by minute through Beijing time and asks of each one
/// whether it is duty. Instants are whole minutes.
/// </summary>
internal sealed class SlowClock(Func<DateOnly, bool> isWorkingDay, params (int From, int To)[] spans)
{
    /// <summary>Beijing has had no summer time since 1991: its clocks are eight hours ahead, always.</summary>
    public bool IsOpen(DateTimeOffset at)
    {
        var beijing = at.UtcDateTime.AddHours(8);
        var minute = (beijing.Hour * 60) + beijing.Minute;
        return isWorkingDay(DateOnly.FromDateTime(beijing)) && spans.Any(span => minute >= span.From && minute < span.To);
    }

    public DateTimeOffset Add(DateTimeOffset from, int minutes)
    {
        var at = from;
        for (var passed = 0; passed < minutes; at = at.AddMinutes(1))
            if (IsOpen(at)) passed++;
        return at;
    }

    public int Between(DateTimeOffset from, DateTimeOffset to)
    {
        var minutes = 0;
        for (var at = from; at < to; at = at.AddMinutes(1))
            if (IsOpen(at)) minutes++;
        return minutes;
    }

    public DateTimeOffset NextOpening(DateTimeOffset at)
    {
        while (!IsOpen(at)) at = at.AddMinutes(1);
        return at;
    }

    /// <summary>The last minute of duty on the n-th day with duty after the day of <paramref name="from"/>, and one more.</summary>
    public DateTimeOffset DueAfter(DateTimeOffset from, int workingDays)
    {
        var at = from;
        var today = DateOnly.FromDateTime(from.UtcDateTime.AddHours(8));
        var days = new HashSet<DateOnly>();
        DateTimeOffset? end = null;
        while (true)
        {
            var day = DateOnly.FromDateTime(at.UtcDateTime.AddHours(8));
            if (IsOpen(at) && day > today) days.Add(day);
            if (days.Count == workingDays && IsOpen(at)) end = at.AddMinutes(1);
            if (days.Count > workingDays) return end!.Value;
            at = at.AddMinutes(1);
        }
    }
}
