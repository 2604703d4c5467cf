using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;
using WuShe.Dialogs;
using WuShe.Services.Common;

namespace WuShe.Integrations.WeChat.Broadcasts;

/// <summary>
/// Broadcasts of Official Accounts (<c>/cgi-bin/message/mass/…</c>). The caller's key goes along as <c>clientmsgid</c>, so
/// that the platform itself takes it once, and what was accepted is remembered, so that it is not even asked again.
/// </summary>
public sealed class WeChatBroadcasts(WeChatAccounts accounts, WeChatApi api, WeChatBroadcastRecord record, IOptions<WeChatOptions> options, TimeProvider time) : IBroadcasts
{
    private const int SentAlready = 45065;
    private const int TooSoon = 45066;
    private const int NoQuota = 45028;

    /// <summary>The platform wants two; one person can be written to directly.</summary>
    private const int FewestPeople = 2;

    /// <summary>How long the platform does not look at a repeated <c>clientmsgid</c>.</summary>
    private static readonly TimeSpan TooSoonFor = TimeSpan.FromMinutes(1);

    private readonly WeChatLimits _limits = options.Value.Limits;

    public bool Carries(string channel) => Find(channel) is not null;

    public async Task<BroadcastQuota> Quota(string channel, BroadcastAudience audience, CancellationToken ct)
    {
        if (Find(channel) is not { } account) return new BroadcastQuota(0, 0, 0, time.GetUtcNow());
        var (used, today) = await record.Used(account, audience.TagId);
        return new BroadcastQuota(_limits.BroadcastsPerMonth, used, Math.Max(0, _limits.BroadcastCallsPerDay - today), record.MonthEnds);
    }

    public async Task<BroadcastOutcome> Send(string channel, string key, BroadcastAudience audience, BroadcastContent content, CancellationToken ct)
    {
        if (Find(channel) is not { } account) return No("no such account");
        if (WhyNot(content) is { } unfit) return No(unfit);
        var people = audience.People?.Where(who => who.Channel == channel).Select(who => who.Address).Distinct(StringComparer.Ordinal).ToArray();
        if (people is not null && (people.Length < FewestPeople || people.Length > _limits.BroadcastPeople))
            return No(string.Create(CultureInfo.InvariantCulture, $"{people.Length} people: {FewestPeople} to {_limits.BroadcastPeople} at once"));
        // Whatever the key is made of, 64 bytes must do.
        var clientId = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 24));
        return await Guarded(async () =>
        {
            if (await record.Accepted(account, clientId) is { } before) return Accepted(before, "sent already");
            var mass = new WeChatMass(
                people is null ? new WeChatMassFilter(audience.TagId is null, audience.TagId) : null, people,
                Type(content), TextOf(content), ArticleOf(content), content.Article is null ? null : 0, clientId);
            var path = people is null ? WeChatApis.MassSendAll : WeChatApis.MassSend;
            var answer = await Call(account, path, mass, WeChatMassJson.Raw.WeChatMass, ct);
            if (answer is not { Code: 0 or SentAlready, Id: > 0 }) return Outcome(answer.Code);
            var id = answer.Id.ToString(CultureInfo.InvariantCulture);
            await record.Accept(account, clientId, id, audience);
            return Accepted(id, answer.Code == 0 ? "ok" : WeChatErrors.Outcome(answer.Code).Reason);
        }, ct);
    }

    public async Task<BroadcastOutcome> Preview(ConversationId to, BroadcastContent content, CancellationToken ct)
    {
        if (Find(to.Channel) is not { } account) return No("no such account");
        if (WhyNot(content) is { } unfit) return No(unfit);
        var preview = new WeChatMassPreview(to.Address, Type(content), TextOf(content), ArticleOf(content));
        return await Guarded(async () => Outcome((await Call(account, WeChatApis.MassPreview, preview, WeChatMassJson.Raw.WeChatMassPreview, ct)).Code), ct);
    }

    public async Task<BroadcastState> State(string channel, string id, CancellationToken ct)
    {
        if (Find(channel) is not { } account || Number(id) is not { } number) return BroadcastState.Unknown;
        try
        {
            var answer = await Call(account, WeChatApis.MassGet, new WeChatMassId(number), WeChatMassJson.Raw.WeChatMassId, ct);
            return answer.Code != 0 ? BroadcastState.Unknown : answer.Status switch
            {
                "SEND_SUCCESS" => BroadcastState.Sent,
                "SENDING" => BroadcastState.Sending,
                "SEND_FAIL" => BroadcastState.Failed,
                "DELETE" => BroadcastState.Deleted,
                _ => BroadcastState.Unknown,
            };
        }
        catch (Exception trouble) when (trouble is WeChatException || WeChatApi.IsPassing(trouble, ct))
        {
            return BroadcastState.Unknown;
        }
    }

    public async Task<BroadcastOutcome> Delete(string channel, string id, CancellationToken ct)
    {
        if (Find(channel) is not { } account) return No("no such account");
        if (Number(id) is not { } number) return No("no such broadcast");
        return await Guarded(
            async () => Outcome((await Call(account, WeChatApis.MassDelete, new WeChatMassId(number), WeChatMassJson.Raw.WeChatMassId, ct)).Code), ct);
    }

    public async Task<BroadcastReport?> Report(string channel, string id, CancellationToken ct) =>
        Find(channel) is { } account && Number(id) is not null ? await record.Report(account, id) : null;

    private async Task<BroadcastOutcome> Guarded(Func<Task<BroadcastOutcome>> work, CancellationToken ct)
    {
        try
        {
            return await work();
        }
        catch (WeChatException refusal)
        {
            return refusal.Until is { } until ? Wait(until, WeChatErrors.Outcome(refusal.Code).Reason) : Outcome(refusal.Code);
        }
        catch (Exception trouble) when (WeChatApi.IsPassing(trouble, ct))
        {
            // It may have been taken: the same key again tells, and sends nothing twice.
            return Wait(time.GetUtcNow() + TooSoonFor, trouble.GetType().Name);
        }
    }

    private BroadcastOutcome Outcome(int code)
    {
        var reason = WeChatErrors.Outcome(code).Reason;
        return code switch
        {
            0 => new BroadcastOutcome(BroadcastAnswer.Accepted, "ok"),
            NoQuota => new BroadcastOutcome(BroadcastAnswer.NoQuota, reason),
            TooSoon => Wait(time.GetUtcNow() + TooSoonFor, reason),
            _ when WeChatErrors.Of(code).Result is DeliveryResult.Retry or DeliveryResult.Held => Wait(time.GetUtcNow() + TooSoonFor, reason),
            _ => No(reason),
        };
    }

    private Task<WeChatMassReturn> Call<T>(WeChatAccount account, string path, T body, JsonTypeInfo<T> type, CancellationToken ct)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, type);
        return api.Call(
            account, path, HttpMethod.Post, () => Json(bytes),
            (response, token) => WeChatWebJson.Read(response, WeChatMassJson.Raw.WeChatMassReturn, token), answer => answer.Code, ct);
    }

    private WeChatAccount? Find(string channel) => accounts.TryFind(new ConversationId(channel, ""), out var account) ? account : null;

    private static string? WhyNot(BroadcastContent content) => TextOf(content) switch
    {
        { Content.Length: 0 } => "empty text",
        { } text when Encoding.UTF8.GetByteCount(text.Content) > WeChatText.MaxBytes => "text too long",
        _ => null,
    };

    private static string Type(BroadcastContent content) => content.Article is null ? "text" : "mpnews";

    private static WeChatSendText? TextOf(BroadcastContent content) => content.Text is null ? null : new WeChatSendText(WeChatInput.Clean(content.Text));

    private static WeChatMassArticle? ArticleOf(BroadcastContent content) => content.Article is null ? null : new WeChatMassArticle(content.Article);

    private static long? Number(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static BroadcastOutcome Accepted(string id, string reason) => new(BroadcastAnswer.Accepted, reason) { Id = id };

    private static BroadcastOutcome Wait(DateTimeOffset until, string reason) => new(BroadcastAnswer.Wait, reason) { Until = until };

    private static BroadcastOutcome No(string reason) => new(BroadcastAnswer.Refused, reason);

    private static ByteArrayContent Json(byte[] bytes)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        return content;
    }
}
