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
/// registration that address may only be on this machine: whoever calls would otherwise choose where we send requests.
/// </summary>
public sealed class BotFrameworkChannel(
    IConnectionMultiplexer connection, RedisKeys keys, IHttpClientFactory http, IOptions<BotFrameworkOptions> options, ConnectorTokens tokens) : IChannel
{
    public const string Prefix = "bot.";
    public const string HttpClient = "bot-connector";
    private static readonly TimeSpan Keep = TimeSpan.FromDays(30);
    private readonly IDatabase _redis = connection.GetDatabase();

    public bool Carries(string channel) => channel.StartsWith(Prefix, StringComparison.Ordinal);

    public static ConversationId Conversation(in BotActivity activity) => new(Prefix + activity.ChannelId, activity.ConversationId!);

    /// <summary>Whether replies may be sent to that service address.</summary>
    public bool Reaches(string? serviceUrl) =>
        Uri.TryCreate(serviceUrl, UriKind.Absolute, out var url)
        && (options.Value.Anonymous ? url.IsLoopback && url.Scheme is "http" or "https" : url.Scheme == "https");

    /// <summary>Remembers the way back to a conversation.</summary>
    public Task Remember(ConversationId conversation, Address address) =>
        _redis.StringSetAsync(Key(conversation), JsonSerializer.SerializeToUtf8Bytes(address with { ReplyTo = null }, AddressJson.Default.Address), Keep);

    public async Task<DeliveryOutcome> Deliver(ConversationId to, string deliveryKey, IReadOnlyList<Message> messages, CancellationToken ct)
    {
        var saved = await _redis.StringGetAsync(Key(to));
        return saved.IsNull
            ? DeliveryOutcome.Refused("no address")
            : await Send(JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)saved).Span, AddressJson.Default.Address)!, messages, ct);
    }

    /// <summary>Sends in order, each after the one before was taken.</summary>
    public async Task<DeliveryOutcome> Send(Address to, IReadOnlyList<Message> messages, CancellationToken ct)
    {
        if (!Reaches(to.ServiceUrl)) return DeliveryOutcome.Refused("service address not allowed");
        var path = $"{to.ServiceUrl!.TrimEnd('/')}/v3/conversations/{Uri.EscapeDataString(to.Conversation)}/activities";
        if (to.ReplyTo is not null) path += "/" + Uri.EscapeDataString(to.ReplyTo);
        try
        {
            foreach (var message in messages)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(BotReplies.One(to, message)) };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                if (!options.Value.Anonymous) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.Get(ct));
                using var answer = await http.CreateClient(HttpClient).SendAsync(request, ct);
                if (answer.IsSuccessStatusCode) continue;
                return answer.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
                    ? DeliveryOutcome.Retry($"{(int)answer.StatusCode}")
                    : DeliveryOutcome.Refused($"{(int)answer.StatusCode}");
            }
            return DeliveryOutcome.Delivered("bot connector");
        }
        catch (HttpRequestException)
        {
            return DeliveryOutcome.Retry("unreachable");
        }
    }

    private RedisKey Key(ConversationId id) => $"{keys.Prefix}bot:{id}";
}

[JsonSerializable(typeof(Address))]
internal sealed partial class AddressJson : JsonSerializerContext;
