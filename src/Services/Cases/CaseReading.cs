using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Cases;

/// <summary>What staff read of cases.</summary>
public sealed class CaseReading(IDbContextFactory<CommunityDb> contexts, CaseSight sight, CaseClock clock, IOrganisation organisation)
{
    private const int NoticesShown = 20;

    internal async Task<CasePage> Inbox(StaffActor actor, CaseFilter filter, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var visible = await sight.Visible(db, actor, ct);
        var found = filter.Slice is { } slice ? await Sliced(visible, slice, ct) : Shelved(visible, actor, filter.Shelf);
        found = Searched(found, filter.Search.Trim());
        var total = await found.Take(CaseFilter.Counted).CountAsync(ct);
        var sorted = filter.Slice is not null ? found.OrderByDescending(c => c.OpenedAt)
            : filter.Shelf == CaseShelf.Closed ? found.OrderByDescending(c => c.ClosedAt)
            : found.OrderByDescending(c => c.Priority).ThenBy(c => c.DueAt).ThenBy(c => c.Id);
        var now = clock.Now;
        var page = sorted.Skip(Math.Max(filter.Page, 0) * CaseFilter.PageSize).Take(CaseFilter.PageSize);
        var lines = await page.Select(c => new CaseLine(
            c.Number, c.Kind, c.Title, c.Place, c.State,
            db.Set<Unit>().Where(u => u.Id == c.UnitId).Select(u => u.Name).FirstOrDefault() ?? "",
            db.Set<StaffUser>().Where(s => s.Id == c.OwnerId).Select(s => s.DisplayName).FirstOrDefault(),
            c.OpenedAt, c.DueAt, c.ClosedAt == null && c.DueAt < now, c.Pictures.Count,
            c.ClosedAt == null && c.Reopens > 0)
        {
            Supervised = c.SupervisedAt != null && c.ClosedAt == null,
            Extended = c.ExtendedAt != null,
            ExtensionAsked = c.ExtensionAsked != null && c.ClosedAt == null,
        }).ToListAsync(ct);
        return new CasePage(lines, total);
    }

    internal async Task<CaseView?> Open(string number, StaffActor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var subject = await (await sight.Visible(db, actor, ct)).AsNoTracking().AsSplitQuery()
            .Include(c => c.Log).Include(c => c.Pictures).SingleOrDefaultAsync(c => c.Number == number, ct);
        if (subject is null) return null;
        var unit = await db.Set<Unit>().Where(u => u.Id == subject.UnitId).Select(u => u.Name).SingleOrDefaultAsync(ct);
        var owner = await OwnerName(db, subject, ct);
        var grid = await db.Set<Grid>().AsNoTracking().SingleOrDefaultAsync(g => g.Id == subject.GridId, ct);
        return new CaseView(
            subject.Number, subject.Kind, subject.Title, subject.Words, subject.State, unit ?? "", owner,
            subject.OpenedAt, subject.DueAt, subject.ClosedAt, subject.Rating, subject.RatingWords,
            new CasePlace(subject.Place, subject.Latitude, subject.Longitude, grid?.Name, grid?.Outline),
            PicturesOf(subject, 1), History(subject), Rights(subject, actor))
        {
            Rules = subject.Rules,
            Priority = subject.Priority,
            Followers = subject.Followers.Count,
            FollowerRatings = [.. subject.Followers.Where(f => f.Rating is not null).Select(f => (Satisfaction)f.Rating!.Value).OrderDescending()],
            ExtensionAsked = subject.ExtensionAsked,
            Extended = subject.ExtendedAt is not null,
            Supervised = subject.SupervisedAt is not null && subject.State.IsOpen(),
            ResumesAt = subject.ResumesAt,
            Settled = subject.SettledAt is not null,
            WhyHere = CaseReasons.WhyHere(subject, owner ?? CaseWords.Duty(unit ?? "")),
            WhyLate = CaseReasons.WhyLate(subject, clock.Now),
            MergedInto = await db.Set<Case>().Where(c => c.Id == subject.MergedIntoId).Select(c => c.Number).SingleOrDefaultAsync(ct),
        };
    }

    /// <summary>The case, tracked for a change; null when there is none or it is not the actor's.</summary>
    internal async Task<Case?> Find(CommunityDb db, string number, StaffActor actor, CancellationToken ct) =>
        await (await sight.Visible(db, actor, ct)).AsTracking().SingleOrDefaultAsync(c => c.Number == number, ct);

    internal async Task<bool> MaySeePicture(string fileId, StaffActor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await (await sight.Visible(db, actor, ct)).AnyAsync(c => c.Pictures.Any(p => p.FileId == fileId), ct);
    }

    internal async Task<IReadOnlyList<StaffNoticeLine>> Notices(StaffActor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await Unread(db, actor).OrderByDescending(n => n.Id).Take(NoticesShown)
            .Select(n => new StaffNoticeLine(n.Id, n.At, n.CaseNumber, n.Words)).ToListAsync(ct);
    }

    internal async Task Read(Guid notice, StaffActor actor, CancellationToken ct)
    {
        var now = clock.Now;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await Unread(db, actor).Where(n => n.Id == notice).ExecuteUpdateAsync(n => n.SetProperty(x => x.ReadAt, now), ct);
    }

    /// <summary>The worker's name; null in the duty queue.</summary>
    internal static Task<string?> OwnerName(CommunityDb db, Case subject, CancellationToken ct) =>
        db.Set<StaffUser>().Where(s => s.Id == subject.OwnerId).Select(s => s.DisplayName).SingleOrDefaultAsync(ct);

    internal static bool MayWork(Case subject, StaffActor actor) => subject.OwnerId == actor.Id || CaseSight.Leads(actor);

    /// <summary>What the person may do to it as it stands.</summary>
    internal static CaseRights Rights(Case subject, StaffActor actor)
    {
        var (mine, leads) = (subject.OwnerId is null || MayWork(subject, actor), CaseSight.Leads(actor));
        bool May(CaseMove move) => CaseMoves.After(subject.State, move) is not null;
        var works = May(CaseMove.Resolve) && MayWork(subject, actor);
        return new CaseRights(May(CaseMove.Claim), works)
        {
            Return = May(CaseMove.Return) && mine,
            Judge = May(CaseMove.Judge) && leads,
            Assign = May(CaseMove.Assign) && leads,
            AskExtension = works && subject.ExtendedAt is null && subject.ExtensionAsked is null,
            DecideExtension = subject.ExtensionAsked is not null && May(CaseMove.Extend) && leads,
            Suspend = May(CaseMove.Suspend) && mine,
            Resume = May(CaseMove.Resume) && mine,
            Supervise = May(CaseMove.Supervise) && leads,
            Reclassify = May(CaseMove.Reclassify) && mine,
            Merge = May(CaseMove.Merge) && mine,
            Split = May(CaseMove.Split) && mine,
        };
    }

    private static IQueryable<StaffNotice> Unread(CommunityDb db, StaffActor actor)
    {
        var queue = CaseSight.ServesQueue(actor);
        return db.Set<StaffNotice>().Where(n => n.ReadAt == null
            && (n.StaffId == actor.Id || (queue && n.StaffId == null && n.UnitId == actor.UnitId)));
    }

    private static IQueryable<Case> Shelved(IQueryable<Case> cases, StaffActor actor, CaseShelf shelf) => shelf switch
    {
        CaseShelf.Waiting => cases.Where(c => c.State == CaseState.Dispatched),
        CaseShelf.Judging => cases.Where(c => c.State == CaseState.Returned || (c.ExtensionAsked != null && c.ClosedAt == null)),
        CaseShelf.Mine => cases.Where(c => (c.State == CaseState.Claimed || c.State == CaseState.Suspended) && c.OwnerId == actor.Id),
        CaseShelf.Closed => cases.Where(c => c.ClosedAt != null),
        _ => cases.Where(c => c.ClosedAt == null),
    };

    /// <summary>The cases behind a number of the dashboard: the same conditions as <see cref="CountCases"/> has.</summary>
    private async ValueTask<IQueryable<Case>> Sliced(IQueryable<Case> cases, CaseSlice slice, CancellationToken ct)
    {
        var (from, to) = (BeijingTime.StartOf(slice.From), BeijingTime.StartOf(slice.To.AddDays(7)));
        cases = cases.Where(c => c.OpenedAt >= from && c.OpenedAt < to && c.State != CaseState.Merged && c.State != CaseState.Withdrawn);
        if (slice.UnitId is { } unit)
        {
            var below = await organisation.Below(unit, ct);
            cases = cases.Where(c => below.Contains(c.UnitId));
        }

        if (slice.Category is { } category) cases = cases.Where(c => c.Category == category);
        return slice.Measure switch
        {
            CaseMeasure.Claimed => cases.Where(c => c.ContactedAt != null),
            CaseMeasure.Closed => cases.Where(c => c.ClosedAt != null),
            CaseMeasure.Confirmed => cases.Where(c => c.State == CaseState.Confirmed),
            CaseMeasure.OnTime => cases.Where(c => c.ClosedAt <= c.DueAt),
            CaseMeasure.Reopened => cases.Where(c => c.Reopens > 0),
            CaseMeasure.Rated => cases.Where(c => c.Rating != null),
            _ => cases,
        };
    }

    private static IQueryable<Case> Searched(IQueryable<Case> cases, string search) => search.Length == 0
        ? cases
        : cases.Where(c => c.Number.Contains(search) || c.Title.Contains(search) || c.Place.Contains(search));

    private static List<CaseStep> History(Case subject) =>
        [.. subject.Log.OrderBy(e => e.Seq).Select(e => new CaseStep(e.At, e.Who, e.Move, e.From, e.To, e.Note, PicturesOf(subject, e.Seq)))];

    private static List<AttachmentRef> PicturesOf(Case subject, int seq) =>
        [.. subject.Pictures.Where(p => p.Seq == seq).OrderBy(p => p.Position).Select(p => new AttachmentRef(p.FileId))];
}
