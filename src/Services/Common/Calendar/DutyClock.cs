using WuShe.Dialogs;

namespace WuShe.Services.Common.Calendar;

/// <summary>The calculations of <see cref="IWorkingHours"/> on given days and hours. Pure.</summary>
internal sealed class DutyClock(CalendarDays days, DutyHours hours)
{
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    public DateTimeOffset DueAfter(DateTimeOffset from, int workingDays)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workingDays);
        var day = BeijingTime.DateOf(from);
        // Nothing is due on a day off, nor before it was asked for.
        if (workingDays == 0 && (!days.IsWorkingDay(day) || from >= At(day, hours.End))) workingDays = 1;
        for (var left = workingDays; left > 0;)
        {
            day = day.AddDays(1);
            if (days.IsWorkingDay(day)) left--;
        }
        return At(day, hours.End);
    }

    public DateTimeOffset Add(DateTimeOffset from, TimeSpan workingTime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workingTime, TimeSpan.Zero);
        if (workingTime == TimeSpan.Zero) return from.ToUniversalTime();
        for (var day = BeijingTime.DateOf(from); ; day = day.AddDays(1))
        {
            if (!days.IsWorkingDay(day)) continue;
            foreach (var span in hours.Spans)
            {
                var (begins, ends) = (Later(from, At(day, span.From)), At(day, span.To));
                if (begins >= ends) continue;
                if (workingTime <= ends - begins) return begins + workingTime;
                workingTime -= ends - begins;
            }
        }
    }

    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to)
    {
        if (to < from) return -Between(to, from);
        var (first, last) = (BeijingTime.DateOf(from), BeijingTime.DateOf(to));
        if (first == last) return On(first, from, to);
        var sum = On(first, from, to) + On(last, from, to);
        for (var day = first.AddDays(1); day < last; day = day.AddDays(1))
            if (days.IsWorkingDay(day)) sum += hours.PerDay;
        return sum;
    }

    public bool IsOpen(DateTimeOffset at)
    {
        var day = BeijingTime.DateOf(at);
        return days.IsWorkingDay(day) && hours.Spans.Any(span => at >= At(day, span.From) && at < At(day, span.To));
    }

    public DateTimeOffset NextOpening(DateTimeOffset at)
    {
        for (var day = BeijingTime.DateOf(at); ; day = day.AddDays(1))
        {
            if (!days.IsWorkingDay(day)) continue;
            foreach (var span in hours.Spans)
                if (at < At(day, span.To)) return Later(at, At(day, span.From));
        }
    }

    /// <summary>The duty time of that day which lies between the two.</summary>
    private TimeSpan On(DateOnly day, DateTimeOffset from, DateTimeOffset to)
    {
        var sum = TimeSpan.Zero;
        if (!days.IsWorkingDay(day)) return sum;
        foreach (var span in hours.Spans)
        {
            var (begins, ends) = (Later(from, At(day, span.From)), At(day, span.To));
            if (to < ends) ends = to;
            if (begins < ends) sum += ends - begins;
        }
        return sum;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => (one > other ? one : other).ToUniversalTime();

    /// <summary>That time of the Beijing day, as UTC.</summary>
    private static DateTimeOffset At(DateOnly day, TimeSpan sinceMidnight) => new(day.ToDateTime(TimeOnly.MinValue) + sinceMidnight - Beijing, TimeSpan.Zero);
}
