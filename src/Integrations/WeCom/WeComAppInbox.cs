using System.Globalization;
using Microsoft.Extensions.Logging;
using WuShe.Integrations.WeChat;
using WuShe.Services.Common;

namespace WuShe.Integrations.WeCom;

/// <summary>
/// Acts on the messages and events of an app, once each: words and taps of staff go to their desk; what says nothing to us is
/// acknowledged.
/// </summary>
public sealed partial class WeComAppInbox
{
    private const string WordsOnly = "这里只看得懂文字。照片请在案件页面里上传。";

    private const int MaxCode = 512;
    private const int MaxTask = 128;

    private readonly WeComOnce _once;
    private readonly WeComDesk _desk;
    private readonly WeComMessages _messages;
    private readonly WeComPostings _postings;
    private readonly ILogger<WeComAppInbox> _log;

    internal WeComAppInbox(WeComOnce once, WeComDesk desk, WeComMessages messages, WeComPostings postings, ILogger<WeComAppInbox> log) =>
        (_once, _desk, _messages, _postings, _log) = (once, desk, messages, postings, log);

    /// <summary>The text of the direct answer; empty when there is none. Throws when the platform should deliver the push again.</summary>
    public async Task<string> Take(WeComApp app, WeChatMessage push, CancellationToken ct)
    {
        if (push.From.Length is 0 or > 64 || push.From == "sys") return "";
        return push switch
        {
            { MsgType: "text" } => await Once(app, push, () => Said(push, push.Content, ct)),
            { MsgType: "image" or "voice" or "video" or "location" or "link" } => WordsOnly,
            { Event: "click", EventKey.Length: > 0 } => await Once(app, push, () => Said(push, push.EventKey, ct)),
            { Event: "template_card_event" } => await Once(app, push, () => Tapped(app, push, ct)),
            _ => "",
        };
    }

    /// <summary>What came too late for the direct answer.</summary>
    public async Task TellLater(WeComApp app, WeChatMessage push, string words, CancellationToken ct)
    {
        var outcome = await _messages.Text(app, [push.From], words, ct);
        if (outcome.Result != DeliveryResult.Delivered) LogUntold(app.Name, outcome.Reason);
    }

    private Task<string> Once(WeComApp app, WeChatMessage push, Func<Task<string>> act) => _once.Run(app.Name, KeyOf(push), act);

    private async Task<string> Said(WeChatMessage push, string words, CancellationToken ct)
    {
        var answer = await _desk.Said(push.From, WeChatInput.Clean(words).Trim(), "", ct);
        return _messages.Fit(answer.Card is null ? answer.Words : $"{answer.Words}\n{WeComCards.Line(answer.Card)}".Trim());
    }

    /// <summary>The card changes for everybody by its own way; the person who tapped is told what came of it.</summary>
    private async Task<string> Tapped(WeComApp app, WeChatMessage push, CancellationToken ct)
    {
        var task = push.Fields["TaskId"]?.Trim() ?? "";
        var code = push.Fields["ResponseCode"]?.Trim() ?? "";
        // What is done changes the card, and the newest code is the one that works.
        Task KeepCode() => code.Length is > 0 and <= MaxCode && task.Length is > 0 and <= MaxTask ? _postings.Tapped(app, task, code) : Task.CompletedTask;
        var answer = await _desk.Tapped(push.From, task, push.EventKey, KeepCode, ct);
        if (answer.Words.Length > 0) await TellLater(app, push, answer.Words, ct);
        return "";
    }

    /// <summary>Taps on two cards within a second are two.</summary>
    private static string KeyOf(WeChatMessage push) => string.Create(CultureInfo.InvariantCulture, $"{push.DedupeKey}:{push.Fields["TaskId"]}");

    [LoggerMessage(3201, LogLevel.Warning, "A member could not be answered by the WeCom app {App}: {Why}")]
    private partial void LogUntold(string app, string why);
}
