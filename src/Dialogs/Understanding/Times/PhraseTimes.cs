namespace WuShe.Dialogs.Understanding;

/// <summary>What a phrase comes to, in Beijing wall-clock time.</summary>
internal readonly record struct Bounds(DateTime From, DateTime To, TimePrecision Precision, TimeRefusal Refusal);

/// <summary>
/// Counts a phrase out against now. An hour without a part of the day is the next one between 8 and 20 o'clock (looking
/// back: the last one); of several days that words may mean, the first that is not over yet.
/// </summary>
internal static class PhraseTimes
{
    private const int FirstSensible = 8;
    private const int LastSensible = 20;
    private const int EveningBegins = 18;

    public static Bounds Of(TimePhrase phrase, TimeContext context)
    {
        if (phrase.Clock is { Exists: false }) return new Bounds(context.Now, context.Now, TimePrecision.Minute, TimeRefusal.NoSuchHour);
        if (phrase.Until?.Clock is { Exists: false }) return new Bounds(context.Now, context.Now, TimePrecision.Minute, TimeRefusal.NoSuchHour);
        var refusal = phrase.Day?.Refusal ?? phrase.Until?.Day?.Refusal ?? TimeRefusal.None;
        if (refusal == TimeRefusal.None) refusal = phrase.Until?.Day?.Refusal ?? TimeRefusal.None;
        Bounds? first = null;
        foreach (var days in DaysOf(phrase, context))
            foreach (var bounds in On(days, phrase, context))
            {
                var whole = phrase.Until is null ? bounds : UpTo(bounds, phrase);
                first ??= whole with { Refusal = refusal != TimeRefusal.None ? refusal : whole.Refusal };
                if (refusal == TimeRefusal.None && whole.Refusal == TimeRefusal.None && Fits(whole, phrase, context)) return whole;
            }
        return first ?? new Bounds(context.Now, context.Now, TimePrecision.Vague, TimeRefusal.NoSuchDate);
    }

    private static bool Fits(Bounds bounds, TimePhrase phrase, TimeContext context)
    {
        if (!context.Ahead) return bounds.From <= context.Now;
        if (phrase.Day is { TodayOnlyBeforeNoon: true } && !phrase.HasHour && phrase.Until is null && phrase.Every == TimeEvery.Never
            && bounds.From.Date == context.Now.Date && context.Now.Hour >= 12) return false;
        return bounds.From == bounds.To ? bounds.From >= context.Now : bounds.To > context.Now;
    }

    private static Days[] DaysOf(TimePhrase phrase, TimeContext context)
    {
        if (phrase.Day is { } day) return phrase.HasHour && day.WithHour is { } narrow ? narrow : day.Options;
        if (phrase.Every == TimeEvery.WorkingDay)
            return [Days.One(WorkingNear(context, 0)), Days.One(WorkingNear(context, 1))];
        var today = context.Today;
        // The night of yesterday may not be over: 半夜三点 at one o'clock is in two hours.
        return context.Ahead
            ? [Days.One(today.AddDays(phrase.HasHour ? -1 : 0)), Days.One(today), Days.One(today.AddDays(1)), Days.One(today.AddDays(2))]
            : [Days.One(today), Days.One(today.AddDays(-1)), Days.One(today.AddDays(-2))];
    }

    private static DateOnly WorkingNear(TimeContext context, int days)
    {
        var day = context.Today.AddDays(days * context.Step);
        for (var i = 0; i < 31 && !context.Holidays.IsWorkingDay(day); i++) day = day.AddDays(context.Step);
        return day;
    }

    /// <summary>The phrase on given days; several when an hour may be of the morning or the evening.</summary>
    private static IEnumerable<Bounds> On(Days days, TimePhrase phrase, TimeContext context)
    {
        var start = days.From.ToDateTime(TimeOnly.MinValue);
        if (phrase.Clock is { } clock)
        {
            foreach (var hour in phrase is { Part: null, Day: null } && !context.Ahead && clock is { Literal: false, Hour: > 0 and < 12 } ? [clock.Hour + 12, clock.Hour] : HoursOf(clock, phrase.Part))
            {
                var from = start.AddHours(hour).AddMinutes(clock.Minute);
                var to = clock.Until is { } until ? start.AddHours(Following(until, hour, phrase.Part)) : clock.Some ? from.AddHours(1) : from;
                yield return new Bounds(from, to, TimePrecision.Minute, to < from ? TimeRefusal.EndsBeforeStart : TimeRefusal.None);
            }
            yield break;
        }
        var last = days.To.ToDateTime(TimeOnly.MinValue);
        if (phrase.Part is { } part)
        {
            var precision = days.From.AddDays(1) == days.To ? TimePrecision.PartOfDay : phrase.Day?.Precision ?? TimePrecision.PartOfDay;
            if (precision == TimePrecision.Day) precision = TimePrecision.PartOfDay;
            yield return new Bounds(start.AddHours(part.From), last.AddDays(-1).AddHours(part.To), precision, TimeRefusal.None);
        }
        else
        {
            var precision = phrase.Day?.Precision ?? TimePrecision.Day;
            // A holiday that is one day long this time.
            if (precision == TimePrecision.Week && days.From.AddDays(1) == days.To) precision = TimePrecision.Day;
            yield return new Bounds(start, last, precision, TimeRefusal.None);
        }
    }

    private static int[] HoursOf(Clock clock, PartOfDay? part)
    {
        var hour = clock.Hour;
        if (part is not null) return [part.HourOf(hour)];
        if (clock.Literal || hour > 12) return [hour];
        return (Sensible(hour), Sensible(hour + 12)) switch
        {
            (true, true) => [hour, hour + 12],
            (false, true) => [hour + 12],
            _ => [hour],
        };
    }

    private static bool Sensible(int hour) => hour is >= FirstSensible and <= LastSensible;

    /// <summary>The second hour of a range: as said with the same part of the day, else the next that comes after the first.</summary>
    private static int Following(int hour, int first, PartOfDay? part)
    {
        if (part is not null && part.HourOf(hour) > first) return part.HourOf(hour);
        if (hour > first) return hour;
        if (hour + 12 > first && hour <= 12) return hour + 12;
        return hour <= 12 && first >= EveningBegins && hour + 24 - first <= 12 ? hour + 24 : hour;
    }

    private static Bounds UpTo(Bounds first, TimePhrase phrase)
    {
        var until = phrase.Until!;
        // The end falls on the day that the beginning was counted from, also when that lies past its midnight.
        var day = first.From.Date;
        if (phrase is { Part.Kind: PartKind.Evening or PartKind.Night } && first.From.Hour < 12 && phrase.HasHour) day = day.AddDays(-1);
        if (until.Day is { } other) day = Nearest(other, first);
        // 晚上10点到凌晨2点: the next morning.
        else if (until.Part is { Kind: PartKind.Early or PartKind.Morning } && first.From.Hour >= EveningBegins) day = day.AddDays(1);
        DateTime to;
        if (until.Clock is { } clock)
        {
            var part = until.Part ?? (until.Day is null ? phrase.Part : null);
            var hour = until is { Day: null, Part: null } && !clock.Literal
                ? Following(clock.Hour, (int)(first.From - day).TotalHours, part)
                : part?.HourOf(clock.Hour) ?? HoursOf(clock, null)[0];
            // 2点到2点半: the same hour, later minutes.
            if (until is { Day: null, Part: null } && phrase.Clock is { } begin && begin.Hour == clock.Hour && clock.Minute > begin.Minute) hour = (int)(first.From - day).TotalHours;
            to = day.AddHours(hour).AddMinutes(clock.Minute);
        }
        else if (until.Part is { } end) to = day.AddHours(end.To);
        else
        {
            to = day;
            if (until.Day is { } last) to = to.AddDays(last.Options[0].To.DayNumber - last.Options[0].From.DayNumber);
        }
        var precision = phrase.Clock is not null || until.Clock is not null ? TimePrecision.Minute : first.Precision;
        return new Bounds(first.From, to, precision, to <= first.From ? TimeRefusal.EndsBeforeStart : TimeRefusal.None);
    }

    private static DateTime Nearest(DaySpec other, Bounds first)
    {
        foreach (var option in other.Options)
            if (option.To.ToDateTime(TimeOnly.MinValue) > first.From) return option.From.ToDateTime(TimeOnly.MinValue);
        return other.Options[0].From.ToDateTime(TimeOnly.MinValue);
    }
}
