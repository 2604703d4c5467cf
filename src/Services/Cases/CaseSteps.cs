using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Cases;

/// <summary>
/// Takes a step of a case for a member of staff: finds it within the actor's rights, changes the cards that show it, tells open
/// pages, and says who was faster when somebody was.
/// </summary>
public sealed class CaseSteps(ITransactions transactions, CaseReading reading, CaseTimetable timetable, CaseCards cards, IConsoleFeed feed)
{
    private static readonly CaseOutcome NotAllowed = new(CaseResult.NotAllowed, "没有这个编号的事项，或者它不归您办理。");

    internal async Task<CaseOutcome> Take(
        string number, StaffActor actor, Func<CommunityDb, Case, CancellationToken, Task<CaseOutcome>> act, CancellationToken ct)
    {
        var seen = false;
        try
        {
            var outcome = await transactions.Run(async (db, token) =>
            {
                var subject = await reading.Find(db, number, actor, token);
                if (subject is null) return seen ? await HasIt(db, number, token) : NotAllowed;
                seen = true;
                var before = (subject.State, subject.OwnerId, subject.UnitId);
                var result = await act(db, subject, token);
                await timetable.Keep(db, subject, token);
                if (before.UnitId != subject.UnitId)
                {
                    cards.ChangedIn(db, subject, before.UnitId);
                    cards.Post(db, subject);
                }
                else if (before != (subject.State, subject.OwnerId, subject.UnitId)) cards.Changed(db, subject);
                return result;
            }, ct);
            if (outcome.Result == CaseResult.Done) feed.CaseChanged(number);
            return outcome;
        }
        catch (DbUpdateException) when (seen)
        {
            // Somebody else changed the case between reading and saving, and theirs stands. It may be out of this
            // person's sight by now, but who has it is no secret to one who had it open.
            return await transactions.Run((db, token) => HasIt(db, number, token), ct);
        }
    }

    /// <summary>Another case that changed with the step, after its commit.</summary>
    internal void Shown(string number) => feed.CaseChanged(number);

    /// <summary>Done when there is no refusal: <paramref name="done"/> follows and is said.</summary>
    internal static CaseOutcome Outcome(string? refusal, string said, Action done)
    {
        if (refusal is not null) return new CaseOutcome(CaseResult.Refused, refusal);
        done();
        return new CaseOutcome(CaseResult.Done, said);
    }

    internal static CaseOutcome Refused(string words) => new(CaseResult.Refused, words);

    internal static async Task<CaseOutcome> HasIt(CommunityDb db, Case subject, CancellationToken ct) =>
        new(CaseResult.Conflict, await CaseReading.OwnerName(db, subject, ct) is { } owner
            ? $"这件事现在由{owner}办理（{subject.State.Chinese()}）。"
            : $"这件事刚刚有变动，现在是“{subject.State.Chinese()}”，请刷新再看。");

    private static async Task<CaseOutcome> HasIt(CommunityDb db, string number, CancellationToken ct) =>
        await HasIt(db, await db.Set<Case>().AsNoTracking().SingleAsync(c => c.Number == number, ct), ct);
}
