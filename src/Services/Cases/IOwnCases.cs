using WuShe.Dialogs;
using WuShe.Dialogs.Engine;

namespace WuShe.Services.Cases;

/// <summary>One of the resident's own cases in a list. <paramref name="State"/> is in plain words; times are UTC.</summary>
public sealed record OwnCaseLine(string Number, string Title, string State, bool IsOpen, DateTimeOffset OpenedAt, DateTimeOffset DueAt)
{
    /// <summary>Reported by a neighbour; this resident follows it.</summary>
    public bool Follows { get; init; }
}

/// <summary>The resident's own cases, newest first. <paramref name="More"/>: there are older ones that are not listed.</summary>
public sealed record OwnCaseList(IReadOnlyList<OwnCaseLine> Open, IReadOnlyList<OwnCaseLine> Closed, bool More);

/// <summary>One step of a case as its reporter hears of it, with the pictures that came with it. At is UTC.</summary>
public sealed record OwnCaseStep(DateTimeOffset At, string Words, IReadOnlyList<AttachmentRef> Pictures);

/// <summary>A case as its reporter sees it on a page: the steps oldest first, and what comes next, in plain sentences.</summary>
public sealed record OwnCase(CaseSummary Summary, string Kind, string Place, IReadOnlyList<OwnCaseStep> Steps, string Next);

/// <summary>A resident's own cases, for pages. The same cases that dialogs tell of, with their pictures.</summary>
public interface IOwnCases
{
    Task<OwnCaseList> Of(Resident resident, CancellationToken ct);

    /// <summary>The case of that whole number. Null when there is no such case or it is somebody else's: the two look the same.</summary>
    Task<OwnCase?> Open(string number, Resident resident, CancellationToken ct);
}
