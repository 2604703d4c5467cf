using Microsoft.Extensions.Options;
using WuShe.Dialogs;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Common.Calendar;

/// <summary>The working-time clock, from what <see cref="WorkingTimeMap"/> and <see cref="OrganisationMap"/> hold in memory.</summary>
public sealed class WorkingHours(WorkingCalendar calendar, WorkingTimeMap map, OrganisationMap organisation, IOptions<WorkingTimeSettings> settings) : IWorkingHours
{
    private const int MaxDepth = 32;
    private readonly DutyHours _usual = DutyHours.Read(settings.Value.DutyHours)!;

    public bool IsWorkingDay(DateOnly day) => calendar.IsWorkingDay(day);

    public DateTimeOffset DueAfter(DateTimeOffset from, int workingDays) => Noted(new DutyClock(calendar.Days, _usual).DueAfter(from, workingDays));

    public DateTimeOffset DueAfter(DateTimeOffset from, int workingDays, Guid unitId) => Noted(ClockOf(unitId).DueAfter(from, workingDays));

    public DateTimeOffset Add(DateTimeOffset from, TimeSpan workingTime, Guid unitId) => Noted(ClockOf(unitId).Add(from, workingTime));

    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to, Guid unitId) => ClockOf(unitId).Between(from, to);

    public bool IsOpen(DateTimeOffset at, Guid unitId) => ClockOf(unitId).IsOpen(at);

    public DateTimeOffset NextOpening(DateTimeOffset at, Guid unitId) => ClockOf(unitId).NextOpening(at);

    /// <summary>What answers for that unit now; unlike the methods above it notes no year as missing.</summary>
    internal DutyClock ClockOf(Guid unitId) => new(calendar.Days, HoursOf(unitId));

    internal DutyHours HoursOf(Guid unitId)
    {
        var own = map.Own;
        return SourceOf(unitId, own) is { } source ? own[source] : _usual;
    }

    /// <summary>The unit whose hours count for this one: itself or the nearest above; null for the setting.</summary>
    internal Guid? SourceOf(Guid unitId) => SourceOf(unitId, map.Own);

    private Guid? SourceOf(Guid unitId, IReadOnlyDictionary<Guid, DutyHours> own)
    {
        if (own.Count == 0) return null;
        var units = organisation.Loaded?.Units;
        Guid? at = unitId;
        // Bounded: a tree that runs in a circle must not hold up a turn.
        for (var steps = 0; at is { } id && steps <= MaxDepth; steps++)
        {
            if (own.ContainsKey(id)) return id;
            at = units is not null && units.TryGetValue(id, out var unit) ? unit.ParentId : null;
        }
        return null;
    }

    private DateTimeOffset Noted(DateTimeOffset due)
    {
        var year = BeijingTime.DateOf(due).Year;
        if (!calendar.Knows(year)) map.Missed(year);
        return due;
    }
}
