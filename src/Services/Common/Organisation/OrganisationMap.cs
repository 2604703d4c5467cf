using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Staff;

namespace WuShe.Services.Common.Organisation;

/// <summary>The organisation and its places at one moment, in memory.</summary>
internal sealed class OrganisationSnapshot
{
    public required IReadOnlyDictionary<Guid, Unit> Units { get; init; }
    public required IReadOnlyDictionary<Guid, Grid> Grids { get; init; }
    public required IReadOnlyDictionary<Guid, Person> People { get; init; }
    public required ILookup<Guid, Person> PeopleOf { get; init; }
    public required ILookup<Guid, Grid> GridsOf { get; init; }
    public required Unit? Top { get; init; }
    public required IReadOnlyDictionary<Guid, IReadOnlyList<Guid>> Below { get; init; }
    public required PlaceIndex Places { get; init; }

    /// <summary>Who does the person's work at that time: never somebody on leave or gone. Null when nobody does.</summary>
    public Person? StandIn(Guid staffId, DateTimeOffset at)
    {
        HashSet<Guid>? seen = null;
        Guid? next = staffId;
        while (next is { } id && People.TryGetValue(id, out var person) && !person.Left)
        {
            if (person.LeaveAt(at) is not { } leave) return person;
            // Two on leave who stand in for each other are nobody.
            if (!(seen ??= []).Add(id)) return null;
            next = leave.SubstituteId;
        }
        return null;
    }
}

/// <summary>
/// Keeps the organisation in memory: turns read it without the database. Another instance's changes are seen within
/// <see cref="Freshness"/>, one's own after <see cref="Reload"/> at once.
/// </summary>
public sealed class OrganisationMap(IDbContextFactory<CommunityDb> contexts, TimeProvider time) : IDisposable
{
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(8);

    /// <summary>Older than this, a reader waits for the new one: what a colleague taught elsewhere counts within this time.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _loading = new(1);
    private OrganisationSnapshot? _current;
    private long _loadedAt;
    private Task _refresh = Task.CompletedTask;

    /// <summary>Reads everything anew; call it after changing units, grids, buildings, aliases or who works where.</summary>
    public async Task Reload(CancellationToken ct)
    {
        await _loading.WaitAsync(ct);
        try
        {
            var at = time.GetTimestamp();
            _current = await Load(ct);
            _loadedAt = at;
        }
        finally
        {
            _loading.Release();
        }
    }

    public void Dispose() => _loading.Dispose();

    /// <summary>What was read last; null before the first time.</summary>
    internal OrganisationSnapshot? Loaded => Volatile.Read(ref _current);

    internal ValueTask<OrganisationSnapshot> Current(CancellationToken ct)
    {
        if (_current is not { } current) return First(ct);
        var age = time.GetElapsedTime(Volatile.Read(ref _loadedAt));
        if (age <= Freshness) return ValueTask.FromResult(current);
        // Under load nobody waits for a refresh: who comes meanwhile reads what was known.
        if (_refresh.IsCompleted) _refresh = Refresh();
        return age <= Oldest ? ValueTask.FromResult(current) : Awaited(_refresh);
    }

    private async ValueTask<OrganisationSnapshot> First(CancellationToken ct)
    {
        await Reload(ct);
        return _current!;
    }

    private async ValueTask<OrganisationSnapshot> Awaited(Task refresh)
    {
        await refresh;
        return _current!;
    }

    private async Task Refresh()
    {
        await Task.Yield();
        try
        {
            await Reload(CancellationToken.None);
        }
        catch (Exception e) when (e is System.Data.Common.DbException or InvalidOperationException or TimeoutException)
        {
            // The database is away: what was known stays, and the next reader after the same time tries again.
            Volatile.Write(ref _loadedAt, time.GetTimestamp());
        }
    }

    private async Task<OrganisationSnapshot> Load(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var units = await db.Set<Unit>().AsNoTracking().ToDictionaryAsync(u => u.Id, ct);
        var grids = await db.Set<Grid>().AsNoTracking().ToDictionaryAsync(g => g.Id, ct);
        var people = await People(db, ct);
        var aliases = await db.Set<PlaceAlias>().AsNoTracking().OrderBy(a => a.Id).ToListAsync(ct);
        var buildings = await db.Set<Building>().AsNoTracking().OrderBy(b => b.Id).ToListAsync(ct);
        return new OrganisationSnapshot
        {
            Units = units,
            Grids = grids,
            People = people,
            PeopleOf = people.Values.ToLookup(p => p.UnitId),
            GridsOf = grids.Values.ToLookup(g => g.RoomId),
            Top = units.Values.Where(u => u.ParentId is null && u.ClosedAt is null).OrderBy(u => u.Level).ThenBy(u => u.Id).FirstOrDefault(),
            Below = BelowEach(units.Values),
            Places = new PlaceIndex(units.Values, [.. grids.Values.OrderBy(g => g.Id)], buildings, aliases),
        };
    }

    private async Task<Dictionary<Guid, Person>> People(CommunityDb db, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var leaves = (await db.Set<StaffLeave>().AsNoTracking().Where(l => l.Until > now).OrderBy(l => l.From).ToListAsync(ct)).ToLookup(l => l.StaffId);
        var staff = await db.Users.AsNoTracking()
            .Select(s => new { s.Id, s.DisplayName, s.Role, s.UnitId, s.DutyHours, s.LeftAt, s.LockoutEnd }).ToListAsync(ct);
        return staff.ToDictionary(s => s.Id, s => new Person(
            s.Id, s.DisplayName, s.Role, s.UnitId, PersonalHours.Read(s.DutyHours), StaffAccounts.IsClosed(s.LeftAt, s.LockoutEnd, now), [.. leaves[s.Id]]));
    }

    private static Dictionary<Guid, IReadOnlyList<Guid>> BelowEach(IReadOnlyCollection<Unit> units)
    {
        var children = units.Where(u => u.ParentId is not null).ToLookup(u => u.ParentId!.Value, u => u.Id);
        var below = new Dictionary<Guid, IReadOnlyList<Guid>>();
        foreach (var unit in units)
        {
            List<Guid> ids = [unit.Id];
            HashSet<Guid> seen = [unit.Id];
            for (var i = 0; i < ids.Count; i++)
                ids.AddRange(children[ids[i]].Where(seen.Add));
            below[unit.Id] = ids;
        }
        return below;
    }
}
