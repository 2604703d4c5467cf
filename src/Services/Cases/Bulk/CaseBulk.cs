using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Cases;

/// <summary>What is done to many cases at once.</summary>
public enum BulkKind
{
    /// <summary>接单</summary>
    Claim,

    /// <summary>转派</summary>
    Assign,

    /// <summary>督办</summary>
    Supervise,
}

/// <summary>A step for many cases. <paramref name="UnitId"/> and <paramref name="StaffId"/> for 转派; <paramref name="Words"/>: the reason or what is wanted.</summary>
public sealed record BulkStep(BulkKind Kind, string Words = "", Guid? UnitId = null, Guid? StaffId = null);

/// <summary>What a step would do, or has done: the cases it is possible for, and the others with the reason.</summary>
public sealed record BulkResult(IReadOnlyList<string> Done, IReadOnlyList<BulkRefusal> Refused);

/// <summary>A case that is left as it is, and why.</summary>
public sealed record BulkRefusal(string Number, string Why);

/// <summary>
/// One step for many cases: first tried, which changes nothing and says how many it would change, then done. Each case is
/// a step of its own with the rights of <see cref="CaseWork"/> and <see cref="CaseLeading"/>: one that is refused stops no other.
/// </summary>
public sealed class CaseBulk(CaseWork work, CaseLeading leading, CaseReading reading, IDbContextFactory<CommunityDb> contexts)
{
    /// <summary>No more at once than a page shows.</summary>
    public const int Most = CaseFilter.PageSize;

    private const string NotYours = "没有这件事，或者它不归您办理。";

    /// <summary>Changes nothing. What it says may have changed when it is done: each case is asked again.</summary>
    public async Task<BulkResult> Try(IReadOnlyList<string> numbers, BulkStep step, StaffActor actor, CancellationToken ct)
    {
        var (done, refused) = (new List<string>(), new List<BulkRefusal>());
        await using var db = await contexts.CreateDbContextAsync(ct);
        foreach (var number in numbers.Distinct().Take(Most))
            if (await reading.Find(db, number, actor, ct) is not { } subject) refused.Add(new BulkRefusal(number, NotYours));
            else if (!May(CaseReading.Rights(subject, actor), step.Kind)) refused.Add(new BulkRefusal(number, $"现在是“{subject.State.Chinese()}”，不能{Named(step.Kind)}，或者不由您来做。"));
            else done.Add(number);
        return new BulkResult(done, refused);
    }

    public async Task<BulkResult> Do(IReadOnlyList<string> numbers, BulkStep step, StaffActor actor, CancellationToken ct)
    {
        var (done, refused) = (new List<string>(), new List<BulkRefusal>());
        foreach (var number in numbers.Distinct().Take(Most))
        {
            var outcome = await One(number, step, actor, ct);
            if (outcome.Result == CaseResult.Done) done.Add(number);
            else refused.Add(new BulkRefusal(number, outcome.Words));
        }

        return new BulkResult(done, refused);
    }

    /// <summary>接单, 转派, 督办</summary>
    public static string Named(BulkKind kind) => kind switch
    {
        BulkKind.Claim => "接单",
        BulkKind.Assign => "转派",
        _ => "督办",
    };

    private Task<CaseOutcome> One(string number, BulkStep step, StaffActor actor, CancellationToken ct) => step.Kind switch
    {
        BulkKind.Claim => work.Claim(number, actor, ct),
        BulkKind.Assign => leading.Assign(number, actor, step.UnitId ?? Guid.Empty, step.StaffId, step.Words, ct),
        _ => leading.Supervise(number, actor, step.Words, ct),
    };

    private static bool May(CaseRights rights, BulkKind kind) => kind switch
    {
        BulkKind.Claim => rights.Claim,
        BulkKind.Assign => rights.Assign,
        _ => rights.Supervise,
    };
}
