using WuShe.Dialogs;

namespace WuShe.Services.Cases;

/// <summary>Which part of the cases a member of staff may see is wanted.</summary>
public enum CaseShelf
{
    /// <summary>Dispatched and claimed by nobody yet (待接单).</summary>
    Waiting,

    /// <summary>Claimed by the person who asks (我在办), the suspended ones as well.</summary>
    Mine,

    /// <summary>Waits for a lead's decision: returned (派单异议), or an extension asked for.</summary>
    Judging,

    /// <summary>Everything not closed (未办结).</summary>
    Open,

    /// <summary>Closed (已办结), newest first.</summary>
    Closed,
}

/// <summary>A page of an inbox. <paramref name="Search"/> matches number, title or place; pages count from 0.</summary>
public sealed record CaseFilter(CaseShelf Shelf, string Search = "", int Page = 0)
{
    /// <summary>Lines on a page.</summary>
    public const int PageSize = 50;

    /// <summary>More are not counted: a total of this means so many or more.</summary>
    public const int Counted = 10_000;

    /// <summary>The cases behind a number of the dashboard, newest first, whatever the shelf.</summary>
    public CaseSlice? Slice { get; init; }
}

/// <summary>A page of cases and how many there are in all, counted up to <see cref="CaseFilter.Counted"/>.</summary>
public sealed record CasePage(IReadOnlyList<CaseLine> Lines, int Total);

/// <summary>
/// A case as one line of an inbox. Times are UTC; <paramref name="OwnerName"/> is null in the duty queue;
/// <paramref name="Reopened"/>: open again because the resident did not agree.
/// </summary>
public sealed record CaseLine(
    string Number,
    string Kind,
    string Title,
    string Place,
    CaseState State,
    string UnitName,
    string? OwnerName,
    DateTimeOffset OpenedAt,
    DateTimeOffset DueAt,
    bool Overdue,
    int Pictures,
    bool Reopened)
{
    public bool Supervised { get; init; }
    public bool Extended { get; init; }
    public bool ExtensionAsked { get; init; }
}

/// <summary>A case as its workers see it. Times are UTC, coordinates WGS-84 degrees. Nothing here names the resident.</summary>
public sealed record CaseView(
    string Number,
    string Kind,
    string Title,
    string Words,
    CaseState State,
    string UnitName,
    string? OwnerName,
    DateTimeOffset OpenedAt,
    DateTimeOffset DueAt,
    DateTimeOffset? ClosedAt,
    int? Rating,
    string RatingWords,
    CasePlace Place,
    IReadOnlyList<AttachmentRef> Pictures,
    IReadOnlyList<CaseStep> History,
    CaseRights Rights)
{
    public CaseRules Rules { get; init; } = CaseRules.Usual;
    public int Priority { get; init; }

    /// <summary>How many neighbours follow it, those with it who came with merged cases, and what they rated.</summary>
    public int Followers { get; init; }
    public IReadOnlyList<Satisfaction> FollowerRatings { get; init; } = [];

    /// <summary>Working days more that are asked for; null when nothing is asked.</summary>
    public int? ExtensionAsked { get; init; }
    public bool Extended { get; init; }
    public bool Supervised { get; init; }

    /// <summary>Until when it is suspended.</summary>
    public DateTimeOffset? ResumesAt { get; init; }

    /// <summary>Seven days have passed since the close.</summary>
    public bool Settled { get; init; }

    /// <summary>Why it is with whom it is, and why it is late or not: sentences from the log.</summary>
    public string WhyHere { get; init; } = "";
    public string WhyLate { get; init; } = "";

    /// <summary>The number of the case it is part of; null when none.</summary>
    public string? MergedInto { get; init; }
}

/// <summary>Where it is: words always, the point and the grid when known. <paramref name="Outline"/> is a GeoJSON Polygon, WGS-84.</summary>
public sealed record CasePlace(string Words, double? Latitude, double? Longitude, string? GridName, string? Outline);

/// <summary>One row of the log. <paramref name="Who"/> is a worker's name, 居民 or 系统.</summary>
public sealed record CaseStep(
    DateTimeOffset At,
    string Who,
    CaseMove Move,
    CaseState? From,
    CaseState To,
    string Note,
    IReadOnlyList<AttachmentRef> Pictures);

/// <summary>What the person looking may do to the case as it stands: which buttons a page offers. Checked again when pressed.</summary>
public sealed record CaseRights(bool Claim, bool Work)
{
    public bool Return { get; init; }
    public bool Judge { get; init; }
    public bool Assign { get; init; }
    public bool AskExtension { get; init; }
    public bool DecideExtension { get; init; }
    public bool Suspend { get; init; }
    public bool Resume { get; init; }
    public bool Supervise { get; init; }
    public bool Reclassify { get; init; }
    public bool Merge { get; init; }
    public bool Split { get; init; }
}

/// <summary>What became of a step of casework.</summary>
public enum CaseResult
{
    Done,

    /// <summary>No such case, or none of this person's: the two look the same.</summary>
    NotAllowed,

    /// <summary>The case's state does not admit the step, or something required is missing.</summary>
    Refused,

    /// <summary>Somebody else was faster or has the case: <see cref="CaseOutcome.Words"/> says who.</summary>
    Conflict,
}

/// <summary>What became of a step, with a sentence in Chinese for the person who tried it.</summary>
public sealed record CaseOutcome(CaseResult Result, string Words);

/// <summary>Something a member of staff should know: a new case, a case reopened. At is UTC.</summary>
public sealed record StaffNoticeLine(Guid Id, DateTimeOffset At, string CaseNumber, string Words);
