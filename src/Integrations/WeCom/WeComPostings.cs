using StackExchange.Redis;
using WuShe.Services.Common;
using WuShe.Services.Common.StaffChat;

namespace WuShe.Integrations.WeCom;

/// <summary>A card as it was posted last: its task, and everybody who has it.</summary>
internal sealed record WeComPosting(string TaskId, IReadOnlyList<string> People);

/// <summary>
/// Remembers posted cards and the code that changes each: it works once, for some days, and every tap brings a newer one. Losing this
/// loses nothing but the change: people are then told in words.
/// </summary>
internal sealed class WeComPostings(IConnectionMultiplexer redis, WeComCorp corp)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private IDatabase Db => redis.GetDatabase();

    public async Task<bool> Has(WeComApp app, StaffCard card) => (await Latest(app, card))?.TaskId == WeComCards.TaskId(card);

    public async Task<WeComPosting?> Latest(WeComApp app, StaffCard card)
    {
        var stored = (string?)await Db.StringGetAsync(PostingKey(app, card));
        var bar = stored?.IndexOf('|', StringComparison.Ordinal) ?? -1;
        return bar < 0 ? null : new WeComPosting(stored![..bar], stored[(bar + 1)..].Split('|'));
    }

    public async Task Note(WeComApp app, StaffCard card, IReadOnlyList<string> people, string code)
    {
        if (code.Length > 0) await Tapped(app, WeComCards.TaskId(card), code);
        await Db.StringSetAsync(PostingKey(app, card), $"{WeComCards.TaskId(card)}|{string.Join('|', people)}", Kept);
    }

    /// <summary>A tap brought a newer code.</summary>
    public Task Tapped(WeComApp app, string taskId, string code) => Db.StringSetAsync(CodeKey(app, taskId), code, corp.Limits.CardCode);

    /// <summary>The newest code, which is then nobody else's; null when there is none.</summary>
    public async Task<string?> TakeCode(WeComApp app, string taskId) => await Db.StringGetDeleteAsync(CodeKey(app, taskId));

    /// <summary>It was not used after all; a newer one stays.</summary>
    public Task PutBack(WeComApp app, string taskId, string code) => Db.StringSetAsync(CodeKey(app, taskId), code, corp.Limits.CardCode, When.NotExists);

    /// <summary>Notes what everybody who has the card sees on it now.</summary>
    public Task Shows(WeComApp app, StaffCard card) => Db.StringSetAsync(ShownKey(app, card), WeComCards.Line(card), Kept);

    public async Task<bool> ShowsAlready(WeComApp app, StaffCard card) => await Db.StringGetAsync(ShownKey(app, card)) == WeComCards.Line(card);

    /// <summary>Does something once for each key, as far as an answer tells that it was done.</summary>
    public async Task<DeliveryOutcome> Once(WeComApp app, string key, Func<Task<DeliveryOutcome>> post)
    {
        var done = WeComKey.Of(corp, "said-" + app.Name, key);
        if (await Db.KeyExistsAsync(done)) return WeComMessages.Of(0);
        var outcome = await post();
        if (outcome.Result == DeliveryResult.Delivered) await Db.StringSetAsync(done, "1", TimeSpan.FromDays(3));
        return outcome;
    }

    private RedisKey PostingKey(WeComApp app, StaffCard card) => WeComKey.Of(corp, "card-" + app.Name, $"{card.UnitId:N}:{card.Id}");

    private RedisKey ShownKey(WeComApp app, StaffCard card) => WeComKey.Of(corp, "shown-" + app.Name, $"{card.UnitId:N}:{card.Id}");

    private RedisKey CodeKey(WeComApp app, string taskId) => WeComKey.Of(corp, "code-" + app.Name, taskId);
}
