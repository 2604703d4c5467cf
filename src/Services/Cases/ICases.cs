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
    IReadOnlyList<AttachmentRef> Pictures);

/// <summary>A case as the resident hears of it on opening.</summary>
public sealed record OpenedCase(string Number, string OwnerName, DateTimeOffset DueAt);

/// <summary>One of the resident's own cases in a list: state in Chinese, next date UTC.</summary>
public sealed record CaseSummary(string Number, string Title, string State, string OwnerName, DateTimeOffset DueAt);

/// <summary>A case's story in plain Chinese sentences, oldest first, for its own reporter.</summary>
public sealed record CaseStory(CaseSummary Summary, IReadOnlyList<string> Sentences);

/// <summary>Casework for every service that opens cases, as residents' dialogs use it. Nothing in it knows what a report is.</summary>
public interface ICases
{
    Task<OpenedCase> Open(NewCase opening, Resident resident, IdempotencyKey key, CancellationToken ct);

    /// <summary>The resident's own open cases, newest first, at most ten.</summary>
    Task<IReadOnlyList<CaseSummary>> OpenOf(Resident resident, CancellationToken ct);

    /// <summary>Null when there is no such case or it is somebody else's: the two look the same.</summary>
    Task<CaseStory?> Story(string number, Resident resident, CancellationToken ct);
}
