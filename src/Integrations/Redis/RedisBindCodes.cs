using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Bindings;
using WuShe.Services.Common.Alarms;

namespace WuShe.Integrations.Redis;

/// <summary>
/// Codes as strings <c>until|conversation</c> that run out by themselves. Ends are kept and compared by the injected clock;
/// Redis' own only tidies up.
/// </summary>
public sealed class RedisBindCodes(
    IConnectionMultiplexer connection, RedisKeys keys, IAlarmBoard alarms, IOptions<BindingSettings> options, TimeProvider time) : IBindCodes
{
    private const string AlarmKey = "bindings:guessed";
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    private readonly IDatabase _redis = connection.GetDatabase();
    private readonly BindingSettings _settings = options.Value;

    public async Task<string?> Issue(ConversationId who, CancellationToken ct)
    {
        if (await Count($"asked:{who}", Hour) > _settings.CodesPerHour) return null;
        var until = time.GetUtcNow() + _settings.CodeLifetime;
        var value = string.Create(CultureInfo.InvariantCulture, $"{until.ToUnixTimeMilliseconds()}|{who}");
        string code;
        do
        {
            code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        }
        while (!await _redis.StringSetAsync(Key("code:" + code), value, _settings.CodeLifetime, When.NotExists));

        // Of one person's codes only the latest is good.
        var before = await _redis.StringGetAsync(Key($"of:{who}"));
        await _redis.StringSetAsync(Key($"of:{who}"), code, _settings.CodeLifetime);
        if (before.HasValue && before != code) await _redis.KeyDeleteAsync(Key("code:" + before));
        return code;
    }

    public async Task<ConversationId?> Redeem(string code, ConversationId by, IdempotencyKey key, CancellationToken ct)
    {
        // Counted before it is looked at: tries that come at once are as many as tries one after another.
        if (await Count($"tried:{by}", Hour) > _settings.TriesPerHour || await GuessedByMany()) return null;
        if (await Living(code) is not { } issued) return null;
        var (whose, end) = issued;
        if (whose == by) return whose;
        // Two people on one channel are two people.
        if (whose.Channel == by.Channel) return null;
        var used = Key(string.Create(CultureInfo.InvariantCulture, $"used:{code}:{end}"));
        return await _redis.StringSetAsync(used, key.Value, Hour, When.NotExists) || await _redis.StringGetAsync(used) == key.Value ? whose : null;
    }

    private async Task<(ConversationId Whose, long End)?> Living(string code)
    {
        var text = (string?)await _redis.StringGetAsync(Key("code:" + code));
        if (text?.IndexOf('|', StringComparison.Ordinal) is not { } bar || bar < 1) return null;
        var end = long.Parse(text.AsSpan(0, bar), CultureInfo.InvariantCulture);
        return end > time.GetUtcNow().ToUnixTimeMilliseconds() ? (ConversationId.Parse(text[(bar + 1)..]), end) : null;
    }

    private async Task<bool> GuessedByMany()
    {
        var tries = await Count("tried", TenMinutes);
        if (tries <= _settings.TriesOfAllPerTenMinutes) return false;
        if (tries == _settings.TriesOfAllPerTenMinutes + 1)
            await alarms.Raise(AlarmKey, "有人在不停地猜绑定用的六位数字，绑定暂停十分钟", time.GetUtcNow() + TimeSpan.FromDays(1));
        return true;
    }

    /// <summary>Counts in windows of that length.</summary>
    private async Task<long> Count(string what, TimeSpan window)
    {
        var key = Key(string.Create(CultureInfo.InvariantCulture, $"{what}:{time.GetUtcNow().Ticks / window.Ticks}"));
        var count = await _redis.StringIncrementAsync(key);
        if (count == 1) await _redis.KeyExpireAsync(key, 2 * window);
        return count;
    }

    private RedisKey Key(string what) => $"{keys.Prefix}bind:{what}";
}
