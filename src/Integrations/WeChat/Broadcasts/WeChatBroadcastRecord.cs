using System.Globalization;
using System.Text.Json;
using StackExchange.Redis;
using WuShe.Services.Common;

namespace WuShe.Integrations.WeChat.Broadcasts;

/// <summary>
/// What we know of broadcasts, in Redis for all instances: which were accepted, how many this month and today, and what the
/// platform told when they were over (<c>MASSSENDJOBFINISH</c>). All of it for thirty days; counters to the end of their time.
/// </summary>
public sealed class WeChatBroadcastRecord(IConnectionMultiplexer redis, TimeProvider time) : IWeChatReports
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    /// <summary>When the calendar month ends in Beijing (UTC).</summary>
    internal DateTimeOffset MonthEnds
    {
        get
        {
            var now = time.GetUtcNow().ToOffset(Beijing);
            return new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, Beijing).AddMonths(1).ToUniversalTime();
        }
    }

    /// <summary>Keeps the result of a broadcast; every other event is none of its business.</summary>
    public async Task Note(WeChatAccount account, WeChatMessage message, CancellationToken ct)
    {
        if (message.Event != "masssendjobfinish" || message.MsgId is not { Length: > 0 and <= 20 } id || !id.All(char.IsAsciiDigit)) return;
        var status = message.Fields["Status"]?.Trim() ?? "";
        var report = new BroadcastReport(
            WeChatBroadcastStatus.IsSuccess(status) ? BroadcastState.Sent : BroadcastState.Failed,
            WeChatBroadcastStatus.Words(status),
            Count(message, "TotalCount"), Count(message, "FilterCount"), Count(message, "SentCount"), Count(message, "ErrorCount"),
            DateTimeOffset.FromUnixTimeSeconds(message.CreateTime));
        await redis.GetDatabase().StringSetAsync(
            Key(account, "report:" + id), JsonSerializer.SerializeToUtf8Bytes(report, WeChatMassJson.Raw.BroadcastReport), Kept);
    }

    internal async Task<BroadcastReport?> Report(WeChatAccount account, string id)
    {
        var kept = await redis.GetDatabase().StringGetAsync(Key(account, "report:" + id));
        return kept.HasValue ? JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)kept).Span, WeChatMassJson.Raw.BroadcastReport) : null;
    }

    /// <summary>The platform's number of what was accepted under this id; null when nothing was.</summary>
    internal async Task<string?> Accepted(WeChatAccount account, string clientId) =>
        await redis.GetDatabase().StringGetAsync(Key(account, "accepted:" + clientId));

    /// <summary>Remembers and counts it, once however often it is told.</summary>
    internal async Task Accept(WeChatAccount account, string clientId, string id, BroadcastAudience audience)
    {
        var db = redis.GetDatabase();
        if (!await db.StringSetAsync(Key(account, "accepted:" + clientId), id, Kept, When.NotExists)) return;
        await Count(db, Day(account), TimeSpan.FromDays(2));
        // Who of a list got how many is the platform's business: it leaves out those who had theirs.
        if (audience.People is null) await Count(db, Month(account, audience.TagId), TimeSpan.FromDays(32));
    }

    /// <summary>This month to everybody, or to everybody and that tag; and all of today.</summary>
    internal async Task<(int Month, int Today)> Used(WeChatAccount account, int? tag)
    {
        var db = redis.GetDatabase();
        var counts = await db.StringGetAsync([Day(account), Month(account, null), .. tag is null ? Array.Empty<RedisKey>() : [Month(account, tag)]]);
        return (counts[1..].Sum(count => (int?)count ?? 0), (int?)counts[0] ?? 0);
    }

    private static async Task Count(IDatabase db, RedisKey key, TimeSpan kept)
    {
        await db.StringIncrementAsync(key);
        await db.KeyExpireAsync(key, kept);
    }

    private static int Count(WeChatMessage message, string name) =>
        int.TryParse(message.Fields[name], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var count) ? count : 0;

    private RedisKey Month(WeChatAccount account, int? tag) => Key(account, string.Create(
        CultureInfo.InvariantCulture, $"month:{time.GetUtcNow().ToOffset(Beijing):yyyyMM}:{(tag is null ? "all" : "tag-" + tag.Value.ToString(CultureInfo.InvariantCulture))}"));

    private RedisKey Day(WeChatAccount account) => Key(account, string.Create(CultureInfo.InvariantCulture, $"day:{time.GetUtcNow().ToOffset(Beijing):yyyyMMdd}"));

    private static RedisKey Key(WeChatAccount account, string what) => $"wushe:wechat:broadcast:{account.AppId}:{what}";
}
