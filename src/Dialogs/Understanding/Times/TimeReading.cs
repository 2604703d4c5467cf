namespace WuShe.Dialogs.Understanding;

/// <summary>Which way words are taken that could mean either.</summary>
public enum TimeBias
{
    /// <summary>Something is booked: 「周三」 is the coming one, and what is over is refused.</summary>
    Future,

    /// <summary>Something is told: 「周三」 is the last one, 「三天」 began three days ago, and what is yet to come is refused.</summary>
    Past,
}

/// <summary>How exactly a time was said.</summary>
public enum TimePrecision
{
    Minute,
    PartOfDay,
    Day,
    Week,
    Month,
    Year,

    /// <summary>过几天, 尽快, 好久了: the bounds are a guess.</summary>
    Vague,
}

public enum TimeDirection
{
    Future,
    Past,

    /// <summary>Again and again; From and To are the occurrence nearest to now on the side of the bias.</summary>
    Recurring,
}

/// <summary>How often a recurring time comes.</summary>
public enum TimeEvery
{
    Never,
    Day,
    WorkingDay,
    Week,
    Month,
    Year,

    /// <summary>三天两头, 经常</summary>
    Often,
}

/// <summary>Why a time cannot be taken as it was said.</summary>
public enum TimeRefusal
{
    None,

    /// <summary>2月30号, 13月</summary>
    NoSuchDate,

    /// <summary>25点, 3点70分</summary>
    NoSuchHour,

    /// <summary>昨天 where something is booked.</summary>
    AlreadyPast,

    /// <summary>明天 where something is told.</summary>
    NotYet,

    /// <summary>下午4点到2点</summary>
    EndsBeforeStart,

    /// <summary>11月27日（周四） although it is a Friday.</summary>
    WeekdayDiffers,

    /// <summary>More than two hundred years away, or beyond what a calendar holds.</summary>
    TooFar,
}

/// <summary>A time that words named. When <see cref="Refusal"/> is set it cannot be used; the bounds are then as near as could be told.</summary>
/// <param name="From">Begin, UTC. A future reading never begins before now.</param>
/// <param name="To">End, UTC, exclusive; the same as <paramref name="From"/> for a point in time, now for what lasts until now.</param>
/// <param name="Precision">How exactly it was said.</param>
/// <param name="Direction">On which side of now it lies.</param>
/// <param name="Words">The part of the text that named it.</param>
public sealed record TimeReading(
    DateTimeOffset From, DateTimeOffset To, TimePrecision Precision, TimeDirection Direction, string Words)
{
    public TimeEvery Every { get; init; }

    public TimeRefusal Refusal { get; init; }

    /// <summary>It began then and lasts until now: 三天了, 从昨天起.</summary>
    public bool Since { get; init; }
}
