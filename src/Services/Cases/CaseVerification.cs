using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Data;

namespace WuShe.Services.Cases;

/// <summary>A row of a case's log that does not fit. <paramref name="Seq"/>: 0 for the case itself.</summary>
public sealed record CaseFlaw(string Number, int Seq, string What);

/// <summary>
/// Walks the log of every case and finds rows that were changed, taken out or put in after they were written, and cases that
/// are not where their log says.
/// </summary>
public sealed class CaseVerification(IDbContextFactory<CommunityDb> contexts)
{
    private const int AtOnce = 500;

    /// <summary>How many cases were looked at; each flaw goes to <paramref name="found"/> as it is seen.</summary>
    public async Task<int> Run(Action<CaseFlaw> found, CancellationToken ct)
    {
        var (looked, after) = (0, Guid.Empty);
        while (true)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var cases = await db.Set<Case>().AsNoTracking().AsSplitQuery().Include(c => c.Log).Include(c => c.Pictures)
                .Where(c => c.Id > after).OrderBy(c => c.Id).Take(AtOnce).ToListAsync(ct);
            if (cases.Count == 0) return looked;
            foreach (var subject in cases)
                if (Flaw(subject) is { } flaw) found(flaw);
            (looked, after) = (looked + cases.Count, cases[^1].Id);
        }
    }

    /// <summary>The first flaw: what follows a wrong row cannot be told from it.</summary>
    internal static CaseFlaw? Flaw(Case subject)
    {
        var (before, state, seq) = (CaseChain.Start, (CaseState?)null, 0);
        foreach (var row in subject.Log.OrderBy(row => row.Seq))
        {
            seq++;
            if (row.Seq != seq) return new CaseFlaw(subject.Number, seq, "这一行不见了");
            if (row.From != state) return new CaseFlaw(subject.Number, seq, "和上一行接不上");
            var pictures = subject.Pictures.Where(p => p.Seq == row.Seq).OrderBy(p => p.Position).Select(p => p.FileId);
            if (!CaseChain.Next(before, row, pictures).SequenceEqual(row.Hash)) return new CaseFlaw(subject.Number, seq, "内容被改过");
            (before, state) = (row.Hash, row.To);
        }

        if (seq != subject.Version || !before.SequenceEqual(subject.Chain)) return new CaseFlaw(subject.Number, seq + 1, "最后的行不见了");
        return state != subject.State ? new CaseFlaw(subject.Number, 0, "案件的状态和记录不一样") : null;
    }
}
