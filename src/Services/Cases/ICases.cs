using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Cases;

/// <summary>What a service says when it opens a case. <paramref name="Kind"/> is the service's own word for it (「问题上报」).</summary>
public sealed record NewCase(
    string Kind,
    string Title,
    string Words,
    Spot Place,
    int LimitWorkingDays,
    IReadOnlyList<AttachmentRef> Pictures)
{
    /// <summary>So many pictures a case takes of its reporter, on opening and in all that is added later.</summary>
    public const int MaxPictures = Case.MaxPictures;

    /// <summary>What dialogs say when more were sent.</summary>
    public static readonly string TooManyPictures = $"一件事最多收 {MaxPictures} 张照片，多的没有收。";

    /// <summary>The kind's own code for what it is about (<c>lighting</c>); empty when it has none.</summary>
    public string Category { get; init; } = "";

    /// <summary>What else it is held to, from the service's catalogue.</summary>
    public CaseRules Rules { get; init; } = CaseRules.Usual;

    /// <summary>When something cannot wait for working hours: the answer is due after this time.</summary>
    public TimeSpan? Within { get; init; }
}

/// <summary>A case as the resident hears of it on opening.</summary>
public sealed record OpenedCase(string Number, string OwnerName, DateTimeOffset DueAt)
{
    /// <summary>To the case's page, with what is said on opening; for channels that show links as cards.</summary>
    public MessageLink ToPage() => new($"收到了，编号 {Number}", $"由{OwnerName}负责，{ChineseDate.Day(DueAt)}前给您答复。点开看进展。", "my/cases/" + Number);
}

/// <summary>One of the resident's own cases in a list: state in plain words, next date UTC.</summary>
public sealed record CaseSummary(string Number, string Title, string State, string OwnerName, DateTimeOffset DueAt)
{
    /// <summary>Reported by a neighbour; this resident follows it.</summary>
    public bool Follows { get; init; }

    /// <summary>To the case's page, with where it stands; for channels that show links as cards.</summary>
    public MessageLink ToPage() => new(Title, $"编号 {Number}，现在：{State}。点开看经过。", "my/cases/" + Number);
}

/// <summary>A case's story in plain Chinese sentences, oldest first, for its own reporter.</summary>
public sealed record CaseStory(CaseSummary Summary, IReadOnlyList<string> Sentences)
{
    /// <summary>Why it is with whom it is.</summary>
    public string WhyHere { get; init; } = "";

    /// <summary>Why it is late; says so when it is not.</summary>
    public string WhyLate { get; init; } = "";
}

/// <summary>A closed case whose reporter may say whether it is solved. <paramref name="Rated"/>: said so once already.</summary>
public sealed record RatableCase(string Number, string Title, bool Rated)
{
    /// <summary>Reported by a neighbour; this resident follows it.</summary>
    public bool Follows { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset ClosedAt { get; init; }

    /// <summary>The time in which it may be opened again is over (<c>Cases:SettleAfter</c>, seven days): what is not solved becomes a new case.</summary>
    public bool TooLate { get; init; }
}

/// <summary>
/// An open case of a neighbour's that may be about the same thing, in words that do not tell who reported it.
/// <paramref name="OpenedAt"/> is UTC.
/// </summary>
public sealed record NearbyCase(string Number, string Title, string Place, DateTimeOffset OpenedAt)
{
    /// <summary>今天, 昨天 … as seen at <paramref name="now"/>, in Beijing.</summary>
    public string Day(DateTimeOffset now) => NeighbourWords.Day(OpenedAt, now);
}

/// <summary>What became of a rating. <paramref name="DueAt"/> (UTC) is the new date of a reopened case.</summary>
public sealed record RatingOutcome(RatingResult Result, string OwnerName, DateTimeOffset DueAt);

public enum RatingResult
{
    /// <summary>Confirmed: the case has come to its end.</summary>
    Thanked,

    /// <summary>Back in the hands of its worker, or of the duty queue.</summary>
    Reopened,

    /// <summary>Not the resident's, or not closed any more: nothing was changed.</summary>
    Refused,

    /// <summary>Closed too long ago to be opened again.</summary>
    TooLate,
}

/// <summary>Casework for every service that opens cases, as residents' dialogs use it. Nothing in it knows what a report is.</summary>
public interface ICases
{
    Task<OpenedCase> Open(NewCase opening, Resident resident, IdempotencyKey key, CancellationToken ct);

    /// <summary>
    /// Adds words and pictures to the resident's own open case and tells its worker, once per key. False when the case is
    /// closed or not the resident's. Of a resident's pictures a case keeps nine in all; more are not kept.
    /// </summary>
    Task<bool> Add(string number, string words, IReadOnlyList<AttachmentRef> pictures, Resident resident, IdempotencyKey key, CancellationToken ct);

    /// <summary>
    /// Open cases of the category that others reported at that place within the last thirty days (<c>Cases:NearbyDays</c>) and the
    /// resident does not follow yet: the same building or landmark in the same grid, or within a hundred metres
    /// (<c>Cases:NearbyMetres</c>). Nearest first, at most three; none without a grid or a point.
    /// </summary>
    Task<IReadOnlyList<NearbyCase>> Near(string category, Spot place, Resident resident, CancellationToken ct);

    /// <summary>
    /// The resident hears of the case from now on as its reporter does, and rates it for themselves; staff see what they said
    /// and sent. Once per key. A case merged meanwhile leads to the one it is part of. Null when it is closed by now.
    /// </summary>
    Task<OpenedCase?> Follow(string number, string words, IReadOnlyList<AttachmentRef> pictures, Resident resident, IdempotencyKey key, CancellationToken ct);

    /// <summary>The resident's own open cases and those they follow, newest first, at most ten.</summary>
    Task<IReadOnlyList<CaseSummary>> OpenOf(Resident resident, CancellationToken ct);

    /// <summary>
    /// The case of that number, or of the last four digits when only one of the resident's own ends so. Null when there
    /// is no such case or it is somebody else's: the two look the same.
    /// </summary>
    Task<CaseStory?> Story(string number, Resident resident, CancellationToken ct);

    /// <summary>
    /// The resident's own or followed closed case that may be rated: the one of that number or, without a number, the one closed
    /// last. Null when there is none, also while it is being worked on again.
    /// </summary>
    Task<RatableCase?> ToRate(string? number, Resident resident, CancellationToken ct);

    /// <summary>
    /// 撤回: the resident does not want an own open case done any more; its worker is told. Once per key. False when the case
    /// is closed or not the resident's. Of a followed case the resident only hears no more; those who follow an own one are told.
    /// </summary>
    Task<bool> Withdraw(string number, string words, Resident resident, IdempotencyKey key, CancellationToken ct);

    /// <summary>
    /// Writes what the resident says of a closed case. 没解决 and the two lowest levels reopen it and tell its worker.
    /// Refused (with a sentence) when the case is not the resident's or no longer closed.
    /// </summary>
    Task<RatingOutcome> Rate(string number, Satisfaction level, string words, Resident resident, IdempotencyKey key, CancellationToken ct);

    /// <summary>
    /// Opens a new case about the same thing at the same place as the resident's own closed one, whose number stands in its words;
    /// once per key. Null when there is no such case.
    /// </summary>
    Task<OpenedCase?> OpenAnew(string number, string words, Resident resident, IdempotencyKey key, CancellationToken ct);
}
