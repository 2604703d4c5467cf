using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs.Engine;
using WuShe.Services.Common;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.StaffChat;

namespace WuShe.Services.Cases;

/// <summary>
/// What staff do with cases from their chats: claim one by its card or in words, look at one by its number, list their own
/// and those nobody has. Rights are those of the console.
/// </summary>
public sealed partial class CaseDesk(
    CaseWork work, CaseCards cards, CaseSight sight, ITransactions transactions, IDbContextFactory<CommunityDb> contexts, IConsoleFeed feed, TimeProvider time) : IStaffDesk
{
    private const string How = "发案件编号（后四位也行）看案件，「接 0007」接单，「我的」看自己手上的，「未接」看还没人接的。";
    private const string OldButton = "这个按钮已经不能用了，请打开案件看。";
    private const int Listed = 10;

    public async Task<StaffAnswer> Tapped(StaffTap tap, CancellationToken ct)
    {
        if (!tap.Key.StartsWith(CaseCards.ClaimKey, StringComparison.Ordinal) || tap.Key[CaseCards.ClaimKey.Length..] != tap.CardId || !CaseNumber.Is(tap.CardId))
            return new StaffAnswer(OldButton);
        return await Claim(tap.CardId, tap.By, refresh: true, ct);
    }

    public async Task<StaffAnswer> Said(StaffWords said, CancellationToken ct)
    {
        var words = said.Words.Trim();
        if (words == "我的") return await List(said.By, CaseShelf.Mine, "您手上没有在办的案件。", ct);
        if (words == "未接") return await List(said.By, CaseShelf.Waiting, "没有等人接的案件。", ct);
        var claim = ClaimWords().Match(words);
        var named = CaseNumber.OrLastDigits(claim.Success ? claim.Groups[1].Value : words);
        if (named is null) return new StaffAnswer(How) { IsTalk = !Order().IsMatch(words) };
        var (number, problem) = await Resolve(named, said.By, claim.Success, ct);
        if (number is null) return new StaffAnswer(problem);
        if (claim.Success) return await Claim(number, said.By, refresh: false, ct);
        return await Show(number, said.By, ct) with { IsTalk = !CaseNumber.Is(words) && !CaseNumber.IsLastDigits(named) };
    }

    /// <summary>The admins read it at the bell; of one stranger at one card once a day.</summary>
    public async Task Refused(StrangersTap tap, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var known = CaseNumber.Is(tap.CardId) ? tap.CardId : "";
        var key = new IdempotencyKey($"strangers-tap:{tap.Chat}:{tap.Person.ToLowerInvariant()}:{known}:{now:yyyyMMdd}");
        var told = await transactions.Once(key, async (db, token) =>
        {
            if (known.Length > 0 && !await db.Set<Case>().AnyAsync(c => c.Number == known, token)) known = "";
            var admins = await db.Users.Where(u => u.Role == Role.Admin).Select(u => new { u.Id, u.UnitId }).ToListAsync(token);
            foreach (var admin in admins)
                db.Add(new StaffNotice
                {
                    Id = Guid.CreateVersion7(now),
                    UnitId = admin.UnitId,
                    StaffId = admin.Id,
                    CaseNumber = known,
                    Words = CaseWords.Cut($"{tap.Chat}里不在工作人员名单的账号「{tap.Person}」点了案件卡片，没有生效。", 200),
                    At = now,
                });
            return admins.Count;
        }, ct);
        if (told > 0) feed.CaseChanged(known);
    }

    private async Task<StaffAnswer> Claim(string number, StaffActor by, bool refresh, CancellationToken ct)
    {
        var outcome = await work.Claim(number, by, ct);
        var answer = outcome.Result == CaseResult.NotAllowed
            ? await WhoHasIt(number, by, ct)
            : new StaffAnswer(outcome.Words) { Card = (await Show(number, by, ct)).Card };
        if (answer is null) return new StaffAnswer(outcome.Words);
        if (refresh) await Refresh(number, by, ct);
        return answer;
    }

    /// <summary>A case that is out of one's sight since a colleague has it: its card was in the group, and so is whose it is.</summary>
    private async Task<StaffAnswer?> WhoHasIt(string number, StaffActor by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await (await sight.Posted(db, by, ct)).AsNoTracking().SingleOrDefaultAsync(c => c.Number == number, ct) is not { } subject) return null;
        return new StaffAnswer((await CaseSteps.HasIt(db, subject, ct)).Words) { Card = await cards.Card(db, subject, subject.UnitId, subject.Version, ct) };
    }

    /// <summary>Whoever was late has a card that still offers the button.</summary>
    private Task<bool> Refresh(string number, StaffActor by, CancellationToken ct) => transactions.Run(async (db, token) =>
    {
        if (await db.Set<Case>().AsNoTracking().SingleOrDefaultAsync(c => c.Number == number, token) is not { } subject) return false;
        if (subject.OwnerId != by.Id) cards.Refresh(db, subject, by.Id.ToString("N"));
        return true;
    }, ct);

    private async Task<StaffAnswer> Show(string number, StaffActor by, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await (await sight.Visible(db, by, ct)).AsNoTracking().SingleOrDefaultAsync(c => c.Number == number, ct) is not { } subject)
            return new StaffAnswer(CaseWords.NoSuchCase);
        return new StaffAnswer($"{subject.Number}：{subject.State.Chinese()}。") { Card = await cards.Card(db, subject, subject.UnitId, subject.Version, ct) };
    }

    private async Task<StaffAnswer> List(StaffActor by, CaseShelf shelf, string none, CancellationToken ct)
    {
        var page = await work.Inbox(by, new CaseFilter(shelf), ct);
        if (page.Total == 0) return new StaffAnswer(none);
        var lines = page.Lines.Take(Listed).Select(line => $"{line.Number} {line.Kind}，{Dialogs.ChineseDate.Spoken(line.DueAt, time.GetUtcNow())}前");
        var more = page.Total > Listed ? $"\n还有 {page.Total - Listed} 件，请打开工作台看。" : "";
        return new StaffAnswer(string.Join('\n', lines) + more);
    }

    /// <summary>
    /// A number as it is stored; of last digits the one open case that ends so among those the person may see, or, to claim
    /// it, has seen the card of: whoever is too late is told by whom it was taken.
    /// </summary>
    private async Task<(string? Number, string Problem)> Resolve(string named, StaffActor by, bool claiming, CancellationToken ct)
    {
        if (!CaseNumber.IsLastDigits(named)) return (named, "");
        var ending = "-" + named;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var cases = claiming ? await sight.Posted(db, by, ct) : await sight.Visible(db, by, ct);
        var found = await cases.Where(c => c.ClosedAt == null && c.Number.EndsWith(ending))
            .OrderByDescending(c => c.Id).Select(c => c.Number).Take(3).ToListAsync(ct);
        return found switch
        {
            [var one] => (one, ""),
            [] => (null, $"没有尾号 {named} 的在办案件，或者它不归您办理。可以发完整编号。"),
            _ => (null, $"尾号 {named} 的案件不止一件：{string.Join("、", found)}。请发完整编号。"),
        };
    }

    [GeneratedRegex(@"^(?:接单?|我来接?)\s*(.+)$")]
    private static partial Regex ClaimWords();

    // Begins as an order does: by its word alone or before a number, or by digits alone. Everything else is talk.
    [GeneratedRegex(@"^(?:(?:接单?|我来接?|转派?|办结|退回?|延期?|求助|结束)(?:\s|[0-9０-９@＠]|$)|[\s0-9０-９\-－—_]+$)")]
    private static partial Regex Order();
}
