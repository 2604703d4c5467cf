using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Common.Data;

namespace WuShe.Services.Cases;

/// <summary>Reads a resident's own cases and no others.</summary>
public sealed class OwnCases(IDbContextFactory<CommunityDb> contexts) : IOwnCases
{
    private const int Listed = 100;

    public async Task<OwnCaseList> Of(Resident resident, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var own = await Cases.Own(db, resident, ct);
        var rows = await own.OrderByDescending(c => c.Id).Take(Listed + 1)
            .Select(c => new { c.Number, c.Title, c.State, c.OpenedAt, c.DueAt }).ToListAsync(ct);
        var lines = rows.Take(Listed)
            .Select(c => new OwnCaseLine(c.Number, c.Title, c.State.InPlainWords(), c.State.IsOpen(), c.OpenedAt, c.DueAt)).ToLookup(line => line.IsOpen);
        return new OwnCaseList([.. lines[true]], [.. lines[false]], rows.Count > Listed);
    }

    public async Task<OwnCase?> Open(string number, Resident resident, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var own = (await Cases.Own(db, resident, ct)).Where(c => c.Number == number).Include(c => c.Log).Include(c => c.Pictures).AsSplitQuery();
        if (await Cases.Named(db, own).SingleOrDefaultAsync(ct) is not { } row) return null;
        var subject = row.Case;
        var pictures = subject.Pictures.OrderBy(p => p.Position).ToLookup(p => p.Seq, p => new AttachmentRef(p.FileId));
        return new OwnCase(
            Cases.Summary(row), subject.Kind, subject.Place,
            [.. CaseTelling.Rows(subject).Select(told => new OwnCaseStep(told.Row.At, told.Words, [.. pictures[told.Row.Seq]]))],
            CaseTelling.Next(subject, row.OwnerName));
    }
}
