namespace WuShe.Dialogs.Understanding;

/// <summary>Whole days; <paramref name="To"/> is the day after the last.</summary>
internal readonly record struct Days(DateOnly From, DateOnly To)
{
    public static Days One(DateOnly day) => new(day, day.AddDays(1));
}

/// <summary>The days that words may mean, likeliest first: which of them it is depends on the hour that was said with it.</summary>
internal sealed record DaySpec(TimePrecision Precision, params Days[] Options)
{
    /// <summary>The options when an hour or part of the day was said too: 国庆 is a week, 国庆下午三点 the first of October.</summary>
    public Days[]? WithHour { get; init; }

    public TimeRefusal Refusal { get; init; }

    /// <summary>Said without an hour, the day that begins it is today only before noon: 「周三」 on a Wednesday afternoon is next week's.</summary>
    public bool TodayOnlyBeforeNoon { get; init; }

    /// <summary>周三, 5号: which week or month is left open, and a second one in a range counts from the first.</summary>
    public bool Open { get; init; }

    public DayOfWeek? Weekday { get; init; }

    public static DaySpec Day(DateOnly day) => new(TimePrecision.Day, Days.One(day));

    public static DaySpec Impossible(DateOnly near, TimeRefusal why) => Day(near) with { Refusal = why };
}

/// <summary>What a text is read against. Times are Beijing wall-clock times, cut to the minute.</summary>
internal sealed record TimeContext(DateTime Now, IHolidays Holidays, TimeBias Bias)
{
    public DateOnly Today => DateOnly.FromDateTime(Now);

    /// <summary>The day that open words (周三, 5号) are counted from.</summary>
    public DateOnly Anchor { get; init; } = DateOnly.FromDateTime(Now);

    public bool Ahead => Bias == TimeBias.Future;

    /// <summary>0, 1, 2 when looking ahead; 0, -1, -2 when looking back.</summary>
    public int Step => Ahead ? 1 : -1;
}
