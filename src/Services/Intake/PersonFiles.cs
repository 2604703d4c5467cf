using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs;
using WuShe.Services.Cases;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Intake;

/// <summary>
/// Everything of one person, for those who may see one of the person's cases. Names and numbers are masked for everybody; who
/// leads, or has one of the cases in hand, may look at one, says why, and is written down.
/// </summary>
public sealed class PersonFiles(
    ICasesOfPerson cases, IDbContextFactory<CommunityDb> contexts, ITransactions transactions, PersonalData data, TimeProvider time)
{
    public const int MaxWhy = 100;
    private const int LooksShown = 50;
    public const string NotAllowed = "只有正在办这个人的事的人、站长、指导中心和管理员可以看。";

    /// <summary>The one who reported the case. Null when there is no such case or it is not the actor's: the two look the same.</summary>
    public async Task<PersonFile?> OfCase(string number, StaffActor actor, CancellationToken ct) =>
        await cases.ReporterOf(number, actor, ct) is { } resident ? await Open(resident, actor, ct) : null;

    /// <summary>Null when there is no such person, or none of their cases is the actor's.</summary>
    public async Task<PersonFile?> Open(Guid resident, StaffActor actor, CancellationToken ct)
    {
        if (await cases.Of(resident, actor, ct) is not { } theirs) return null;
        var ids = PeopleAt(theirs.Conversations);
        var numbers = theirs.Cases.Select(one => one.Number).ToList();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var people = await db.Set<IntakePerson>().AsNoTracking().Where(p => ids.Contains(p.Id)).OrderBy(p => p.CreatedAt).ToListAsync(ct);
        var intakes = await db.Set<IntakeEntry>().AsNoTracking().Where(e => ids.Contains(e.PersonId) && numbers.Contains(e.CaseNumber))
            .OrderByDescending(e => e.TakenAt).ToListAsync(ct);
        return new PersonFile(resident, people.ConvertAll(Masked), theirs, intakes.ConvertAll(Taken), theirs.Leads ? await Looks(db, ids, ct) : null);
    }

    /// <summary>Shows a field, after it was written down who looks and why. Refused with a sentence, and then nothing is written.</summary>
    public async Task<Revealed> Reveal(Guid resident, Guid person, PersonField field, string why, StaffActor actor, CancellationToken ct)
    {
        if (await cases.Of(resident, actor, ct) is not { } theirs || !PeopleAt(theirs.Conversations).Contains(person))
            return Revealed.Refused("没有这个人，或者这个人的事不归您的单位。");
        if (!theirs.MayReveal) return Revealed.Refused(NotAllowed);
        why = why.Trim();
        if (why.Length is 0 or > MaxWhy) return Revealed.Refused(why.Length == 0 ? "请先写为什么要看，比如“回电话”。" : $"原因写短一点，最多 {MaxWhy} 个字。");
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Set<IntakePerson>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == person, ct) is not { } row) return Revealed.Refused("没有登记。");
        var kept = data.Read(field == PersonField.Name ? row.Name : row.Phone);
        if (kept is not { Length: > 0 }) return Revealed.Refused(kept is null ? "读不出来：加密的钥匙不在了。请找管理员。" : "没有登记。");

        var now = time.GetUtcNow();
        await transactions.Run((record, _) =>
        {
            record.Add(new PersonLook { Id = Guid.CreateVersion7(now), PersonId = person, Field = field, StaffId = actor.Id, StaffName = actor.Name, Why = why, At = now });
            return Task.FromResult(true);
        }, ct);
        return new Revealed(kept, "");
    }

    private static List<Guid> PeopleAt(IReadOnlyList<string> conversations) =>
        [.. conversations.Select(ConversationId.Parse).Where(one => one.Channel == Intakes.Channel).Select(one => Guid.ParseExact(one.Address, "N"))];

    private KnownPerson Masked(IntakePerson person) => new(
        person.Id, Masks.Name(data.Read(person.Name)), Masks.Phone(data.Read(person.Phone)), person.CreatedBy, person.CreatedAt);

    private static TakenReport Taken(IntakeEntry entry) =>
        new(entry.CaseNumber, entry.Way, entry.Relation, entry.Consent, entry.ConsentAt, entry.TakenBy, entry.TakenAt);

    private static async Task<IReadOnlyList<LookLine>> Looks(CommunityDb db, List<Guid> people, CancellationToken ct) =>
        await db.Set<PersonLook>().AsNoTracking().Where(l => people.Contains(l.PersonId)).OrderByDescending(l => l.At).ThenByDescending(l => l.Id)
            .Take(LooksShown).Select(l => new LookLine(l.StaffName, l.Field, l.Why, l.At)).ToListAsync(ct);
}

/// <summary>
/// One person, known by a telephone, by chats or both. <paramref name="Looks"/>: who has looked at a masked field, the latest
/// first; null for whoever does not lead.
/// </summary>
public sealed record PersonFile(
    Guid Resident, IReadOnlyList<KnownPerson> Known, PersonCases Cases, IReadOnlyList<TakenReport> Taken, IReadOnlyList<LookLine>? Looks);

/// <summary>What is kept of a person, masked; empty where nothing was said. <paramref name="CreatedAt"/> is UTC.</summary>
public sealed record KnownPerson(Guid Id, string Name, string Phone, string CreatedBy, DateTimeOffset CreatedAt);

/// <summary>A report that staff took. Times are UTC.</summary>
public sealed record TakenReport(
    string CaseNumber, IntakeWay Way, IntakeRelation Relation, ConsentGiver Consent, DateTimeOffset? ConsentAt, string TakenBy, DateTimeOffset TakenAt);

/// <summary>Somebody looked at a field. <paramref name="At"/> is UTC.</summary>
public sealed record LookLine(string Who, PersonField Field, string Why, DateTimeOffset At);

/// <summary>A field in the clear, or why not.</summary>
public sealed record Revealed(string? Words, string Refusal)
{
    internal static Revealed Refused(string why) => new(null, why);
}
