using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using WuShe.Dialogs;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Messages;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Cases;

/// <summary>
/// What became of the messages about cases: each with its way or the reasons why none was open, and the list of those that
/// staff should tell the person themselves.
/// </summary>
public sealed class CaseMessages(
    IDbContextFactory<CommunityDb> contexts, CaseSight sight, IOptions<CaseSettings> settings, TimeProvider time)
{
    private const int Listed = 300;
    private const int Excerpt = 120;

    /// <summary>The messages about one case, oldest first; none when the actor may not see it.</summary>
    public async Task<IReadOnlyList<CaseMessage>> Of(string number, StaffActor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!await (await sight.Visible(db, actor, ct)).AnyAsync(c => c.Number == number, ct)) return [];
        var prefix = CaseLetters.KeyOf(number);
        var rows = await db.Set<OutboxMessage>().AsNoTracking().Where(m => m.Key.StartsWith(prefix)).OrderBy(m => m.DueAt).ThenBy(m => m.Order).Take(Listed).ToListAsync(ct);
        return rows.ConvertAll(row => new CaseMessage(row.Key, row.DueAt, Words(row), row.DeliveredAt is not null, OutcomeWords.Of(row)));
    }

    /// <summary>
    /// Messages that no way was open for and that should not wait any longer: urgent ones and those to people
    /// without a chat at once, others after <see cref="CaseSettings.AskStaffAfter"/>. Oldest first, of the cases that the actor may see.
    /// </summary>
    public async Task<IReadOnlyList<ToTell>> Waiting(StaffActor actor, CancellationToken ct)
    {
        var old = time.GetUtcNow() - settings.Value.AskStaffAfter;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await db.Set<OutboxMessage>().AsNoTracking()
            .Where(m => m.FinishedAt == null && m.Parked && m.Key.StartsWith(CaseLetters.Keys)).OrderBy(m => m.DueAt).ThenBy(m => m.Order).Take(Listed).ToListAsync(ct);
        rows.RemoveAll(row => row.DueAt > old && !OutcomeWords.HasNoChat(row) && !Delivery.IsUrgent(OutboxContent.Read(row.Content).Messages));
        var numbers = rows.Select(row => CaseLetters.NumberOf(row.Key)).Distinct().ToList();
        var cases = await (await sight.Visible(db, actor, ct)).Where(c => numbers.Contains(c.Number))
            .Select(c => new { c.Number, c.Title, c.Place }).ToDictionaryAsync(c => c.Number, ct);
        return
        [
            .. from row in rows
               let number = CaseLetters.NumberOf(row.Key)
               where cases.ContainsKey(number)
               select new ToTell(row.Key, number, cases[number].Title, cases[number].Place, row.DueAt, Words(row), OutcomeWords.Of(row)),
        ];
    }

    /// <summary>The actor has told the person: the message is not sent any more. Null when noted, else why not.</summary>
    public Task<string?> Told(string key, StaffActor actor, CancellationToken ct) => Note(key, actor, told: true, ct);

    /// <summary>Takes <see cref="Told"/> back: the message waits again.</summary>
    public Task<string?> NotTold(string key, StaffActor actor, CancellationToken ct) => Note(key, actor, told: false, ct);

    private async Task<string?> Note(string key, StaffActor actor, bool told, CancellationToken ct)
    {
        const string gone = "这条消息已经送到了，或者不归您的单位。";
        await using var db = await contexts.CreateDbContextAsync(ct);
        var number = CaseLetters.NumberOf(key);
        if (!await (await sight.Visible(db, actor, ct)).AnyAsync(c => c.Number == number, ct)) return gone;
        var now = time.GetUtcNow();
        var (at, outcome) = told ? ((DateTimeOffset?)now, OutcomeWords.ByStaff + actor.Name) : (null, "");
        var rows = db.Set<OutboxMessage>().Where(m => m.Key == key);
        rows = told ? rows.Where(m => m.FinishedAt == null) : rows.Where(m => m.Outcome.StartsWith(OutcomeWords.ByStaff));
        var changed = await rows.ExecuteUpdateAsync(
            set => set.SetProperty(m => m.FinishedAt, at).SetProperty(m => m.DeliveredAt, at).SetProperty(m => m.Outcome, outcome), ct);
        return changed > 0 ? null : gone;
    }

    private static string Words(OutboxMessage row)
    {
        var content = OutboxContent.Read(row.Content);
        return content.Dialog is not null ? "请居民评价办得好不好" : CaseWords.Cut(string.Join(' ', content.Messages.Select(message => message.Text)), Excerpt);
    }
}

/// <summary>A message about a case. <paramref name="At"/>: when it fell due (UTC); <paramref name="Outcome"/>: a sentence for staff.</summary>
public sealed record CaseMessage(string Key, DateTimeOffset At, string Words, bool Told, string Outcome);

/// <summary>A message that a member of staff should tell the person. <paramref name="Since"/> is UTC.</summary>
public sealed record ToTell(string Key, string Number, string Title, string Place, DateTimeOffset Since, string Words, string Outcome);
