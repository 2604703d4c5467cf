using WuShe.Dialogs.Engine;
using WuShe.Services.Cases;

namespace WuShe.Services.ProblemReports;

/// <summary>Reports of problems, for services that take them another way than the dialog.</summary>
public interface IProblemReports
{
    /// <summary>Opens the case of a report under the rules of its category; the same key opens it once.</summary>
    Task<OpenedCase> Submit(ProblemDraft draft, Resident resident, IdempotencyKey key, CancellationToken ct);
}
