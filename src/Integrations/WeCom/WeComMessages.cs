using System.Text;
using Microsoft.Extensions.Options;
using WuShe.Services.Common;
using WuShe.Services.Common.StaffChat;

namespace WuShe.Integrations.WeCom;

/// <summary>
/// Messages of an app to members: text, markdown, text card, template card. Refusals are outcomes. The platform drops what is
/// beyond its limit for one member without a word, so that limit is kept here and what is beyond waits.
/// </summary>
internal sealed class WeComMessages(WeComApi api, WeComRates rates, WeComCorp corp, IOptions<WeComOptions> options)
{
    private static readonly DeliveryOutcome Waits = DeliveryOutcome.Retry("members have their messages of this minute");

    public Task<DeliveryOutcome> Text(WeComApp app, IReadOnlyList<string> to, string words, CancellationToken ct) =>
        Say(app, to, new WeComSend("text") { Text = new(Fit(words)) }, ct);

    /// <summary>Words as the content of a text.</summary>
    public string Fit(string words) => WeComFit.Bytes(WeComFit.Plain(words), corp.Limits.TextBytes);

    /// <summary>Any message but a card.</summary>
    public async Task<DeliveryOutcome> Say(WeComApp app, IReadOnlyList<string> to, WeComSend message, CancellationToken ct) =>
        (await Send(app, to, message, ct)).Outcome;

    /// <summary>A template card. Its response code changes it once within 72 h; empty for one without buttons.</summary>
    public async Task<(DeliveryOutcome Outcome, string ResponseCode)> Card(WeComApp app, IReadOnlyList<string> to, WeComCard card, CancellationToken ct)
    {
        var (outcome, answer) = await Send(app, to, new WeComSend("template_card") { TemplateCard = card }, ct);
        return (outcome, answer?.ResponseCode ?? "");
    }

    /// <summary>Uses a response code up: the card changes for everybody named.</summary>
    public async Task<DeliveryOutcome> Change(WeComApp app, IReadOnlyList<string> who, string responseCode, string? replaceButtonBy, WeComCard card, CancellationToken ct)
    {
        var update = new WeComCardUpdate(who, app.AgentId, responseCode)
        {
            Button = replaceButtonBy is null ? null : new WeComReplace(WeComFit.Characters(replaceButtonBy, corp.Limits.AppCard.ReplacedText)),
            TemplateCard = replaceButtonBy is null ? card : null,
        };
        return await Guarded(async () => await api.Post(app, "cgi-bin/message/update_template_card", update, WeComJson.Raw.WeComCardUpdate, ct), ct) is { } answer
            ? Of(answer.Code)
            : Broken;
    }

    /// <summary>A post as the text or markdown of one message.</summary>
    public static WeComSend Body(StaffPost post, int textBytes, int markdownBytes)
    {
        if (post.Lines.Count == 0) return new WeComSend("text") { Text = new(WeComFit.Bytes(WeComFit.Plain(post.Words), textBytes)) };
        var list = new StringBuilder("**").Append(WeComFit.PlainMarkdown(post.Words)).Append("**");
        foreach (var line in post.Lines) list.Append("\n> ").Append(WeComFit.PlainMarkdown(line).ReplaceLineEndings(" "));
        return new WeComSend("markdown") { Markdown = new(WeComFit.Bytes(list.ToString(), markdownBytes)) };
    }

    internal static DeliveryOutcome Waiting => Waits;

    internal static DeliveryOutcome Broken { get; } = DeliveryOutcome.Retry("no answer");

    internal static DeliveryOutcome Of(int code) => code == 0 ? DeliveryOutcome.Delivered("wecom") : WeComErrors.Outcome(code);

    /// <summary>Null when the network or the token failed in a way that may pass.</summary>
    internal static async Task<WeComReturn?> Guarded(Func<Task<WeComReturn>> call, CancellationToken ct)
    {
        try
        {
            return await call();
        }
        catch (WeComException refusal)
        {
            return new WeComReturn { Code = refusal.Code };
        }
        catch (Exception failure) when (failure is HttpRequestException or TimeoutException or StackExchange.Redis.RedisException
            or Polly.ExecutionRejectedException || (failure is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return null;
        }
    }

    private async Task<(DeliveryOutcome Outcome, WeComReturn? Answer)> Send(WeComApp app, IReadOnlyList<string> to, WeComSend message, CancellationToken ct)
    {
        if (!await rates.Take(app.Name, to, new(options.Value.MemberMessagesPerMinute, options.Value.MemberMessagesPerHour, TimeSpan.FromHours(1)))) return (Waits, null);
        var send = message with
        {
            Touser = string.Join('|', to),
            Agentid = app.AgentId,
            EnableDuplicateCheck = message.TemplateCard is null ? null : 1,
            DuplicateCheckInterval = message.TemplateCard is null ? null : (int)corp.Limits.DuplicateCheck.TotalSeconds,
        };
        var answer = await Guarded(() => api.Post(app, "cgi-bin/message/send", send, WeComJson.Raw.WeComSend, ct), ct);
        return (answer is null ? Broken : Of(answer.Code), answer);
    }
}
