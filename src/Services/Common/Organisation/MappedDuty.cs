using WuShe.Dialogs;

namespace WuShe.Services.Common.Organisation;

/// <summary>Who is there and who stands in, answered from memory.</summary>
public sealed class MappedDuty(OrganisationMap map, TimeProvider time) : IDuty
{
    public async ValueTask<bool> IsAvailable(Guid staffId, DateTimeOffset at, CancellationToken ct) =>
        (await map.Current(ct)).People.TryGetValue(staffId, out var person)
        && !person.Left && person.LeaveAt(at) is null
        && (person.Hours is null || person.Hours.Covers(TimeOnly.FromTimeSpan(BeijingTime.At(at).TimeOfDay)));

    public async ValueTask<Guid?> StandIn(Guid staffId, DateTimeOffset at, CancellationToken ct) =>
        (await map.Current(ct)).StandIn(staffId, at)?.Id;

    public async ValueTask<IReadOnlyList<Guid>> LeadsOf(Guid unitId, UnitLevel atLeast, CancellationToken ct)
    {
        var now = await map.Current(ct);
        var at = time.GetUtcNow();
        Guid? next = unitId;
        for (var steps = 0; next is { } id && now.Units.TryGetValue(id, out var unit) && steps <= now.Units.Count; steps++, next = unit.ParentId)
        {
            // The higher the level, the smaller its number.
            if (unit.Level > atLeast) continue;
            var leads = There(now, now.PeopleOf[id].Where(person => person.Role is Role.StationLead or Role.Centre), at);
            if (leads.Count > 0) return leads;
        }
        return There(now, now.People.Values.Where(person => person.Role == Role.Admin), at);
    }

    private static List<Guid> There(OrganisationSnapshot now, IEnumerable<Person> people, DateTimeOffset at) =>
        [.. people.OrderBy(person => person.Id).Select(person => now.StandIn(person.Id, at)?.Id).OfType<Guid>().Distinct()];
}
