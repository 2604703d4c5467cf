using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using WuShe.Services.Common;
using WuShe.Services.Common.StaffChat;

namespace WuShe.Integrations.WeCom;

/// <summary>
/// Group chats that an app makes (appchat), one for each unit: its id is the unit's. Made with the first post and kept to
/// the unit's staff: who leaves the unit leaves the chat. Such a chat shows no template cards, and the app does not hear
/// what people write in it.
/// </summary>
internal sealed class WeComChats(WeComApi api, WeComRates rates, IConnectionMultiplexer redis, WeComCorp corp, IOptions<WeComOptions> options)
{
    private const int FewestMembers = 2;
    private static readonly TimeSpan MembersKnown = TimeSpan.FromDays(1);

    public static bool Possible(WeComApp app, IReadOnlyList<StaffMember> members, int most) => app.GroupChats && members.Count >= FewestMembers && members.Count <= most;

    /// <summary>Posts to the unit's chat, which is made or brought up to date first where it has to be.</summary>
    public async Task<DeliveryOutcome> Post(WeComApp app, Guid unitId, string unitName, IReadOnlyList<StaffMember> members, WeComSend message, CancellationToken ct)
    {
        var chat = IdOf(unitId);
        var people = members.Select(m => m.Address).Order(StringComparer.Ordinal).ToList();
        var known = WeComKey.Of(corp, "chat-" + app.Name, chat);
        var mark = (RedisValue)Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{unitName}\n{string.Join('|', people)}")));
        if (await redis.GetDatabase().StringGetAsync(known) != mark)
        {
            var ready = await MakeReady(app, chat, unitName, people, ct);
            if (ready.Result != DeliveryResult.Delivered) return ready;
            await redis.GetDatabase().StringSetAsync(known, mark, MembersKnown);
        }

        // Beyond it the platform drops what one member gets, without a word.
        if (!await rates.Take("chat-" + app.Name, people, new(options.Value.ChatMessagesPerMinute, options.Value.ChatMessagesPerDay, TimeSpan.FromDays(1))))
            return WeComMessages.Waiting;
        var sent = await Call(() => api.Post(app, "cgi-bin/appchat/send", message with { Chatid = chat }, WeComJson.Raw.WeComSend, ct), ct);
        if (sent.Code == WeComErrors.NoSuchChat)
        {
            // Somebody dissolved it: the next try makes it anew.
            await redis.GetDatabase().KeyDeleteAsync(known);
            return DeliveryOutcome.Retry("the group chat was dissolved");
        }

        return WeComMessages.Of(sent.Code);
    }

    /// <summary>32 hex digits: the platform takes at most 32 letters or digits.</summary>
    internal static string IdOf(Guid unitId) => unitId.ToString("N");

    private async Task<DeliveryOutcome> MakeReady(WeComApp app, string chat, string unitName, List<string> people, CancellationToken ct)
    {
        var name = WeComFit.Characters(unitName, corp.Limits.ChatName);
        var found = await Call(() => api.Get(app, "cgi-bin/appchat/get?chatid=" + chat, ct), ct);
        if (found.Code is WeComErrors.NoSuchChat or 86001)
        {
            var create = new WeComChatChange(chat) { Name = name, Owner = people[0], Userlist = people };
            return WeComMessages.Of((await Call(() => api.Post(app, "cgi-bin/appchat/create", create, WeComJson.Raw.WeComChatChange, ct), ct)).Code);
        }

        if (found.Code != 0) return WeComMessages.Of(found.Code);
        var there = (found.ChatInfo?.Userlist ?? []).Select(id => id.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
        string[] missing = [.. people.Where(id => !there.Contains(id))];
        string[] left = [.. there.Where(id => !people.Contains(id))];
        if (missing.Length + left.Length == 0 && found.ChatInfo?.Name == name) return WeComMessages.Of(0);
        var owner = found.ChatInfo?.Owner?.ToLowerInvariant();
        var change = new WeComChatChange(chat)
        {
            Name = name,
            Owner = owner is null || !people.Contains(owner) ? people[0] : null,
            AddUserList = missing.Length > 0 ? missing : null,
            DelUserList = left.Length > 0 ? left : null,
        };
        return WeComMessages.Of((await Call(() => api.Post(app, "cgi-bin/appchat/update", change, WeComJson.Raw.WeComChatChange, ct), ct)).Code);
    }

    private static async Task<WeComReturn> Call(Func<Task<WeComReturn>> call, CancellationToken ct) =>
        await WeComMessages.Guarded(call, ct) ?? new WeComReturn { Code = WeComErrors.Busy };
}
