using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using StackExchange.Redis;
using WuShe.Integrations.WeChat;
using WuShe.Services.Common;
using WuShe.Services.Common.StaffChat;

namespace WuShe.Integrations.WeCom;

/// <summary>
/// Acts on what an AI bot hears: in a single chat everything, in a group what mentions it. Answers are whole at once, as a
/// stream that has ended, with a card where there is one; who asks for the rest of a stream gets the same again.
/// </summary>
public sealed partial class WeComBotInbox
{
    private const string Hello = "您好，发案件编号（后四位也行）看案件，发「我的」看自己手上的，发「接 0007」接单。";
    private const string WordsOnly = "这里只看得懂文字。照片请在案件页面里上传。";
    private const string NotHeard = "刚才没有听清，请再说一次。";
    private const string Tapped = "template_card_event";

    private readonly WeComOnce _once;
    private readonly WeComDesk _desk;
    private readonly WeComApi _api;
    private readonly WeComCorp _corp;
    private readonly IConnectionMultiplexer _redis;
    private readonly IPublicUrl _pages;

    internal WeComBotInbox(WeComOnce once, WeComDesk desk, WeComApi api, WeComCorp corp, IConnectionMultiplexer redis, IPublicUrl pages) =>
        (_once, _desk, _api, _corp, _redis, _pages) = (once, desk, api, corp, redis, pages);

    /// <summary>The JSON of the direct answer; empty when there is none. Throws when the platform should deliver the push again.</summary>
    public async Task<string> Take(WeComBot bot, WeComBotMessage push, CancellationToken ct)
    {
        if (push.From.Length is 0 or > 64) return "";
        return push switch
        {
            { MsgType: "stream", StreamId.Length: > 0 } => Write(await Again(bot, push.StreamId)),
            { MsgType: "text" or "voice" or "mixed" or "image" or "file" or "video" } => await _once.Run(bot.Name, push.DedupeKey, () => Said(bot, push, ct)),
            { EventType: "enter_chat" } => Write(new WeComBotReply { Msgtype = "text", Text = new(Hello) }),
            { EventType: Tapped } => await _once.Run(bot.Name, push.DedupeKey, () => Tap(push, ct)),
            _ => "",
        };
    }

    /// <summary>Posts an answer that came too late for the direct one. The address works once and must be the platform's own.</summary>
    public async Task TellLater(WeComBotMessage push, string answer, CancellationToken ct)
    {
        if (answer.Length == 0 || !Uri.TryCreate(push.ResponseUrl, UriKind.Absolute, out var address)) return;
        if (!_corp.ApiBaseUrl.IsBaseOf(address)) return;
        var reply = JsonSerializer.Deserialize(answer, WeComJson.Raw.WeComBotReply)!;
        var later = reply switch
        {
            // Of a late answer to a tap only the words are left: the card can be changed in time or not at all.
            { Stream: { } stream } => new WeComBotReply { Msgtype = "markdown", Markdown = new(stream.Content) },
            { TemplateCard: { } card } => new WeComBotReply { Msgtype = "markdown", Markdown = new(card.SubTitleText ?? $"{card.MainTitle.Title} {card.MainTitle.Desc}".Trim()) },
            _ => reply,
        };
        await WeComMessages.Guarded(() => _api.PostTo(address, later, WeComJson.Raw.WeComBotReply, ct), ct);
    }

    private async Task<string> Said(WeComBot bot, WeComBotMessage push, CancellationToken ct)
    {
        var words = WeChatInput.Clean(string.Join('\n', push.Texts));
        if (push.IsGroup) words = Mention().Replace(words, "", 1);
        words = words.Trim();
        var answer = words.Length == 0 ? new StaffAnswer(WordsOnly) : await _desk.Said(Person(push), words, WeChatInput.Clean(push.QuoteText), ct);
        var stream = new WeComStream(RandomNumberGenerator.GetHexString(32, lowercase: true), true, WeComFit.Bytes(WeComFit.PlainMarkdown(answer.Words), _corp.Limits.BotAnswerBytes));
        await _redis.GetDatabase().StringSetAsync(StreamKey(bot, stream.Id), stream.Content, TimeSpan.FromMinutes(10));
        return Write(new WeComBotReply
        {
            Msgtype = answer.Card is null ? "stream" : "stream_with_template_card",
            Stream = stream,
            TemplateCard = answer.Card is null ? null : Card(answer.Card),
        });
    }

    /// <summary>Only this answer can change the card: it shows what came of the tap.</summary>
    private async Task<string> Tap(WeComBotMessage push, CancellationToken ct)
    {
        var answer = await _desk.Tapped(Person(push), push.TaskId, push.EventKey, () => Task.CompletedTask, ct);
        var card = answer.Card is null ? Plain(answer.Words) : Card(answer.Card with { Done = answer.Words, Buttons = [] });
        return Write(new WeComBotReply { ResponseType = "update_template_card", Userids = [push.From], TemplateCard = card with { TaskId = push.TaskId } });
    }

    private async Task<WeComBotReply> Again(WeComBot bot, string stream)
    {
        var content = (string?)await _redis.GetDatabase().StringGetAsync(StreamKey(bot, stream));
        return new WeComBotReply { Msgtype = "stream", Stream = new WeComStream(stream, true, content ?? NotHeard) };
    }

    private WeComCard Card(StaffCard card) => WeComCards.Of(card, _corp.Limits.BotCard, _pages.Of(card.Path));

    private WeComCard Plain(string words) => new("text_notice", new WeComTitle("提示"))
    {
        SubTitleText = WeComFit.Characters(words, _corp.Limits.BotCard.SubTitle),
        CardAction = new WeComCardAction(1, _pages.Of("/staff").AbsoluteUri),
    };

    /// <summary>Somebody of another company is nobody of ours, whatever the id is there.</summary>
    private string Person(WeComBotMessage push) =>
        push.FromCorp.Length == 0 || push.FromCorp == _corp.CorpId ? push.From : $"{push.FromCorp}/{push.From}";

    private static string Write(WeComBotReply reply) => JsonSerializer.Serialize(reply, WeComJson.Raw.WeComBotReply);

    private RedisKey StreamKey(WeComBot bot, string stream) => WeComKey.Of(_corp, "stream", $"{bot.Name}:{stream}");

    /// <summary>The bot's own name, which stays in what is said to it.</summary>
    [GeneratedRegex(@"@[^\s@]{1,40}\s*")]
    private static partial Regex Mention();
}
