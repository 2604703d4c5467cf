using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using WuShe.Dialogs;
using WuShe.Integrations.Redis;
using WuShe.Services.Common;

namespace WuShe.Integrations.BotFramework;

/// <summary>
/// Speaks to Bot Framework conversations through the Bot Connector at the service address they came from. Without an app
/// registration that address may only be on this machine: whoever calls would otherwise choose where we send requests. How
/// far a delivery came is kept, so that a second try goes on behind what was sent.
/// </summary>
public sealed class BotFrameworkChannel(
    IConnectionMultiplexer connection, RedisKeys keys, IHttpClientFactory http, IOptions<BotFrameworkOptions> options, ConnectorTokens tokens) : IChannel
{
    public const string Prefix = "bot.";
    public const string HttpClient = "bot-connector";
    private const int MostAddress = 2048;
    private static readonly TimeSpan Keep = TimeSpan.FromDays(30);
    private static readonly TimeSpan ProgressKept = TimeSpan.FromDays(3);
    private readonly IDatabase _redis = connection.GetDatabase();

    public bool Carries(string channel) => channel.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>A channel id may have a colon, which a channel's name here may not.</summary>
    public static ConversationId Conversation(in BotActivity activity) => new(Prefix + Uri.EscapeDataString(activity.ChannelId!), activity.ConversationId!);

    /// <summary>Whether replies may be sent to that service address.</summary>
    public bool Reaches(string? serviceUrl) =>
        Uri.TryCreate(serviceUrl, UriKind.Absolute, out var url)
        && (options.Value.Anonymous ? url.IsLoopback && url.Scheme is "http" or "https" : url.Scheme == "https");

    /// <summary>Remembers the way back to a conversation.</summary>
    public Task Remember(ConversationId conversation, Address address) =>
        _redis.StringSetAsync(Key(conversation), JsonSerializer.SerializeToUtf8Bytes(address with { ReplyTo = null }, AddressJson.Default.Address), Keep);

    public async Task<DeliveryOutcome> Deliver(ConversationId to, string deliveryKey, IReadOnlyList<Message> messages, CancellationToken ct)
    {
        var (saved, sent) = (_redis.StringGetAsync(Key(to)), _redis.StringGetAsync(Sent(deliveryKey)));
        return (await saved).IsNull
            ? DeliveryOutcome.Refused("no address")
            : await Send(JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)await saved).Span, AddressJson.Default.Address)!, deliveryKey, messages, (int?)await sent ?? 0, ct);
    }

    /// <summary>The first try of a delivery, to the message that it answers. What it does not deliver is to be owed under the same key.</summary>
    public Task<DeliveryOutcome> Answer(Address to, string deliveryKey, IReadOnlyList<Message> messages, CancellationToken ct) =>
        Send(to, deliveryKey, messages, 0, ct);

    /// <summary>Sends in order, each after the one before was taken.</summary>
    private async Task<DeliveryOutcome> Send(Address to, string deliveryKey, IReadOnlyList<Message> messages, int done, CancellationToken ct)
    {
        if (!Reaches(to.ServiceUrl)) return DeliveryOutcome.Refused("service address not allowed");
        var path = $"{to.ServiceUrl!.TrimEnd('/')}/v3/conversations/{Uri.EscapeDataString(to.Conversation)}/activities";
        if (to.ReplyTo is not null) path += "/" + Uri.EscapeDataString(to.ReplyTo);
        try
        {
            for (; done < messages.Count; done++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(BotReplies.One(to, messages[done])) };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                await Authorize(request, ct);
                using var answer = await http.CreateClient(HttpClient).SendAsync(request, ct);
                if (!answer.IsSuccessStatusCode) return Refusal(answer.StatusCode);
                await _redis.StringSetAsync(Sent(deliveryKey), done + 1, ProgressKept);
            }
            return DeliveryOutcome.Delivered("bot connector");
        }
        catch (Exception failure) when (IsPassing(failure, ct))
        {
            return DeliveryOutcome.Retry(failure is HttpRequestException ? "unreachable" : failure.GetType().Name);
        }
    }

    /// <summary>Signs a request to a conversation's own service.</summary>
    internal async Task Authorize(HttpRequestMessage request, CancellationToken ct)
    {
        if (!options.Value.Anonymous) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.Get(ct));
    }

    /// <summary>Where a picture may be fetched, as <see cref="BotMedia"/> reads it: beside the service address, or (with a registration) in public.</summary>
    internal string? SourceOf(string? serviceUrl, string contentUrl)
    {
        if (contentUrl.Length > MostAddress || !Uri.TryCreate(contentUrl, UriKind.Absolute, out var at) || at.UserInfo.Length > 0) return null;
        if (Reaches(serviceUrl) && Uri.Compare(new Uri(serviceUrl!), at, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0)
            return BotMedia.Own + at.AbsoluteUri;
        return !options.Value.Anonymous && at.Scheme == Uri.UriSchemeHttps ? BotMedia.Public + at.AbsoluteUri : null;
    }

    private static DeliveryOutcome Refusal(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
            ? DeliveryOutcome.Retry($"{(int)status}")
            : DeliveryOutcome.Refused($"{(int)status}");

    /// <summary>Network and Redis trouble; a cancellation of ours is not.</summary>
    internal static bool IsPassing(Exception failure, CancellationToken ct) =>
        !ct.IsCancellationRequested
        && failure is HttpRequestException or TimeoutException or OperationCanceledException or RedisException or Polly.ExecutionRejectedException;

    private RedisKey Sent(string deliveryKey) => $"{keys.Prefix}bot:sent:{deliveryKey}";

    private RedisKey Key(ConversationId id) => $"{keys.Prefix}bot:{id}";
}

[JsonSerializable(typeof(Address))]
internal sealed partial class AddressJson : JsonSerializerContext;
