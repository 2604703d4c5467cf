namespace WuShe.Dialogs.Understanding;

/// <summary>What follows or precedes a time and turns it into a span.</summary>
internal enum Edge
{
    None,
    Since,
    Before,
    After,

    /// <summary>周五以内, 这周内: from now on.</summary>
    Within,
}

/// <summary>One time as it stands in a text, not yet counted out.</summary>
internal sealed class TimePhrase
{
    public int Start { get; set; }
    public int End { get; set; }
    public TimeEvery Every { get; set; }
    public DaySpec? Day { get; set; }
    public PartOfDay? Part { get; set; }
    public Clock? Clock { get; set; }
    public Told? Told { get; set; }
    public Edge Edge { get; set; }

    /// <summary>The end of a range, when one was said.</summary>
    public TimePhrase? Until { get; set; }

    public bool HasHour => Part is not null || Clock is not null;

    public bool IsEmpty => Day is null && !HasHour && Told is null && Every == TimeEvery.Never;
}
