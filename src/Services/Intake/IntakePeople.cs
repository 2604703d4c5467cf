using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs;
using WuShe.Services.Cases;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Intake;

/// <summary>Writes down forms and the people they are about. One telephone number is one person, whoever takes the call.</summary>
public sealed class IntakePeople(ITransactions transactions, PersonalData data, PhoneKeys keys, TimeProvider time)
{
    /// <summary>So many names one number may go by; more are not kept.</summary>
    private const int MostNames = 8;

    /// <summary>
    /// The form with its person, found by the telephone number or new. A form that was written down before, but whose case did
    /// not come to be, is taken as it is sent now.
    /// </summary>
    internal async Task<Guid> Note(Guid form, IntakeDraft draft, StaffActor actor, CancellationToken ct)
    {
        var phone = PhoneNumber.Read(draft.Phone);
        var key = phone is null ? null : await keys.Of(phone, ct);
        var now = time.GetUtcNow();
        return await transactions.Run(async (db, token) =>
        {
            var entry = await db.Set<IntakeEntry>().AsTracking().SingleOrDefaultAsync(e => e.Id == form, token);
            if (entry is { CaseNumber.Length: > 0 }) return entry.PersonId;
            var person = await Person(db, draft, phone, key, entry?.PersonId, actor, now, token);
            if (entry is null) db.Add(entry = new IntakeEntry { Id = form, TakenById = actor.Id, TakenBy = actor.Name, TakenAt = now });
            (entry.PersonId, entry.Way, entry.Relation) = (person.Id, draft.Way, draft.Relation);
            (entry.Consent, entry.ConsentAt) = draft.ForSomebodyElse
                ? (draft.Consent, BeijingTime.StartOf(DateOnly.FromDateTime(draft.ConsentAt!.Value)) + draft.ConsentAt.Value.TimeOfDay)
                : (ConsentGiver.None, (DateTimeOffset?)null);
            return person.Id;
        }, ct);
    }

    /// <summary>The form's case is open: what was read out to the caller stays with it.</summary>
    internal Task Opened(Guid form, OpenedCase opened, CancellationToken ct) => transactions.Run(async (db, token) =>
    {
        var entry = await db.Set<IntakeEntry>().AsTracking().SingleAsync(e => e.Id == form, token);
        (entry.CaseNumber, entry.OwnerName, entry.DueAt) = (opened.Number, opened.OwnerName, opened.DueAt);
        return true;
    }, ct);

    /// <summary>Found by the number; without one, the person of the form when it was written down <paramref name="before"/>.</summary>
    private async Task<IntakePerson> Person(
        CommunityDb db, IntakeDraft draft, PhoneNumber? phone, string? key, Guid? before, StaffActor actor, DateTimeOffset now, CancellationToken ct)
    {
        var people = db.Set<IntakePerson>().AsTracking();
        var known = key is not null
            ? await people.SingleOrDefaultAsync(p => p.PhoneKey == key, ct)
            : await people.SingleOrDefaultAsync(p => p.Id == before && p.PhoneKey == null, ct);
        if (known is not null)
        {
            known.Name = Named(known.Name, draft.Name.Trim());
            return known;
        }

        var person = new IntakePerson
        {
            Id = Guid.CreateVersion7(now),
            Name = data.Keep(draft.Name.Trim()),
            Phone = data.Keep(phone?.ToString() ?? ""),
            PhoneKey = key,
            CreatedById = actor.Id,
            CreatedBy = actor.Name,
            CreatedAt = now,
        };
        db.Add(person);
        return person;
    }

    /// <summary>A household shares a number: each name that was said stays. What cannot be read any more is left as it is.</summary>
    private string Named(string kept, string name)
    {
        if (name.Length == 0 || data.Read(kept) is not { } names) return kept;
        var all = names.Split(Masks.Between, StringSplitOptions.RemoveEmptyEntries);
        return all.Contains(name) || all.Length >= MostNames ? kept : data.Keep(string.Join(Masks.Between, [.. all, name]));
    }
}
