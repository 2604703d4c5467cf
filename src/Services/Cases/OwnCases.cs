using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Common.Data;

namespace WuShe.Services.Cases;

/// <summary>Reads the cases that a resident reported or follows and no others.</summary>
public sealed class OwnCases(IDbContextFactory<CommunityDb> contexts) : IOwnCases
{
    private const int Listed = 100;

    public async Task<OwnCaseList> Of(Resident resident, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var own = await Cases.Own(db, resident, ct);
        var rows = await own.Cases.OrderByDescending(c => c.Id).Take(Listed + 1)
            .Select(c => new { c.Number, c.Title, c.Place, c.State, c.OpenedAt, c.DueAt, c.Reporter }).ToListAsync(ct);
        var lines = rows.Take(Listed)
            .Select(c => (Row: c, Follows: !own.Conversations.Contains(c.Reporter)))
            .Select(c => new OwnCaseLine(
                c.Row.Number, c.Follows ? NeighbourWords.Title(c.Row.Title, c.Row.Place) : c.Row.Title,
                c.Row.State.InPlainWords(), c.Row.State.IsOpen(), c.Row.OpenedAt, c.Row.DueAt)
            { Follows = c.Follows }).ToLookup(line => line.IsOpen);
        return new OwnCaseList([.. lines[true]], [.. lines[false]], rows.Count > Listed);
    }

    public async Task<OwnCase?> Open(string number, Resident resident, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var own = await Cases.Own(db, resident, ct);
        var asked = own.Cases.Where(c => c.Number == number).Include(c => c.Log).Include(c => c.Pictures).AsSplitQuery();
        if (await Cases.Named(db, asked).SingleOrDefaultAsync(ct) is not { } row) return null;
        var (subject, follows) = (row.Case, !own.Reported(row.Case));
        var pictures = subject.Pictures.OrderBy(p => p.Position).ToLookup(p => p.Seq, p => new AttachmentRef(p.FileId));
        return new OwnCase(
            Cases.Summary(row, own), subject.Kind, follows ? NeighbourWords.Place(subject.Place) : subject.Place,
            [
                .. CaseTelling.Rows(subject, follows).Select(told => new OwnCaseStep(
                    told.Row.At, told.Words, CaseTelling.ShowsPictures(told.Row, follows) ? [.. pictures[told.Row.Seq]] : [])),
            ],
            CaseTelling.Next(subject, row.OwnerName, follows));
    }
}
