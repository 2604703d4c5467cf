using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;
using WuShe.Services.ProblemReports;

namespace WuShe.Services.Intake;

/// <summary>
/// Reports that staff take by telephone, at the window or from a letter. The person need not have a chat: what they are owed
/// goes to a conversation that no channel carries, and so to the list of what staff tell people themselves.
/// </summary>
public sealed class Intakes(IntakeChecks checks, IntakePeople people, IProblemReports reports, IDbContextFactory<CommunityDb> contexts)
{
    /// <summary>The channel in the ids of conversations of people who have none.</summary>
    public const string Channel = "intake";

    private const string NotAllowed = "代录由网格员、社工、站长、指导中心和管理员来做。";

    /// <summary>Null for whoever takes no reports.</summary>
    public async Task<IntakeChoices?> Choices(StaffActor actor, CancellationToken ct) =>
        IntakeChecks.Takes(actor) ? await checks.Choices(actor, ct) : null;

    /// <summary>What <see cref="Submit"/> would say of the form before anything is kept; null when it would take it.</summary>
    public async Task<IntakeOutcome?> Check(IntakeDraft draft, StaffActor actor, CancellationToken ct)
    {
        if (!IntakeChecks.Takes(actor)) return IntakeOutcome.Refused(NotAllowed);
        var (_, problems) = await checks.Check(draft, actor, ct);
        return problems.Count > 0 ? IntakeOutcome.Wrong(problems) : null;
    }

    /// <summary>Opens a case for the form, once for each <paramref name="form"/>: whoever sends it again gets the same receipt.</summary>
    public async Task<IntakeOutcome> Submit(Guid form, IntakeDraft draft, StaffActor actor, CancellationToken ct)
    {
        if (!IntakeChecks.Takes(actor)) return IntakeOutcome.Refused(NotAllowed);
        if (await Entry(form, ct) is { } earlier)
        {
            if (earlier.TakenById != actor.Id) return IntakeOutcome.Refused("这张表是别人填的，请重新打开代录页面。");
            if (ReceiptOf(earlier) is { } receipt) return IntakeOutcome.Done(receipt);
        }
        var (place, problems) = await checks.Check(draft, actor, ct);
        if (problems.Count > 0) return IntakeOutcome.Wrong(problems);

        var person = await people.Note(form, draft, actor, ct);
        var problem = new ProblemDraft(draft.Category, place, draft.Words.Trim(), draft.Pictures)
        {
            CaseKind = draft.Way.CaseKind(),
            Urgent = draft.Urgent,
        };
        var opened = await reports.Submit(problem, new Resident(ConversationOf(person)), new IdempotencyKey($"{Channel}:{form:N}"), ct);
        await people.Opened(form, opened, ct);
        return IntakeOutcome.Done(new IntakeReceipt(opened.Number, opened.OwnerName, opened.DueAt));
    }

    /// <summary>What the actor's own form came to; null when it was never sent.</summary>
    public async Task<IntakeReceipt?> Receipt(Guid form, StaffActor actor, CancellationToken ct) =>
        await Entry(form, ct) is { } entry && entry.TakenById == actor.Id ? ReceiptOf(entry) : null;

    internal static ConversationId ConversationOf(Guid person) => new(Channel, person.ToString("N"));

    private static IntakeReceipt? ReceiptOf(IntakeEntry entry) =>
        entry is { CaseNumber.Length: > 0, DueAt: { } due } ? new IntakeReceipt(entry.CaseNumber, entry.OwnerName, due) : null;

    private async Task<IntakeEntry?> Entry(Guid form, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Set<IntakeEntry>().AsNoTracking().SingleOrDefaultAsync(e => e.Id == form, ct);
    }
}
