using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Options;
using WuShe.Dialogs;
using WuShe.Integrations.BotFramework;
using WuShe.Integrations.Tests.Redis;
using WuShe.Services.Common;

namespace WuShe.Integrations.Tests.BotFramework;

/// <summary>What goes to the Bot Connector, and what is remembered of it.</summary>
public sealed class BotFrameworkChannelTests(RedisServers servers) : IClassFixture<RedisServers>, IDisposable
{
    private static readonly Address To = new("emulator", "c1", "me", "bot", "http://127.0.0.1:9/", "1");
    private static readonly ConversationId Conversation = new("bot.emulator", "c1");
    private readonly Connector _connector = new();

    [SkippableTheory, MemberData(nameof(RedisServers.All), MemberType = typeof(RedisServers))]
    public async Task A_second_try_goes_on_behind_what_was_sent(string server)
    {
        var channel = Channel(server);
        await channel.Remember(Conversation, To);
        _connector.Answers = [HttpStatusCode.OK, HttpStatusCode.BadGateway];

        Assert.Equal(DeliveryResult.Retry, (await channel.Answer(To, "k", ["一", "二"], default)).Result);
        Assert.Equal(DeliveryResult.Delivered, (await channel.Deliver(Conversation, "k", ["一", "二"], default)).Result);
        Assert.Equal(DeliveryResult.Delivered, (await channel.Deliver(Conversation, "k", ["一", "二"], default)).Result);

        Assert.Equal(["一", "二"], _connector.Taken);
    }

    [SkippableTheory, MemberData(nameof(RedisServers.All), MemberType = typeof(RedisServers))]
    public async Task Trouble_is_tried_again_and_a_refusal_is_one(string server)
    {
        var channel = Channel(server);
        _connector.Fails = new TaskCanceledException("timeout");
        Assert.Equal(DeliveryResult.Retry, (await channel.Answer(To, "t", ["一"], default)).Result);
        _connector.Fails = null;
        _connector.Answers = [HttpStatusCode.Forbidden];
        Assert.Equal(DeliveryOutcome.Refused("403"), await channel.Answer(To, "r", ["一"], default));
        Assert.Equal(DeliveryOutcome.Refused("no address"), await channel.Deliver(new("bot.emulator", "unknown"), "n", ["一"], default));
    }

    [Theory]
    [InlineData(true, "http://127.0.0.1:9/", "http://127.0.0.1:9/v3/a.jpg", "bot:own:http://127.0.0.1:9/v3/a.jpg")]
    [InlineData(true, "http://127.0.0.1:9/", "http://127.0.0.1:10/a.jpg", null)]
    [InlineData(true, "http://127.0.0.1:9/", "https://example.org/a.jpg", null)]
    [InlineData(true, "https://example.org/", "https://example.org/a.jpg", null)]
    [InlineData(false, "https://smba.example/", "https://SMBA.example/a.jpg", "bot:own:https://smba.example/a.jpg")]
    [InlineData(false, "https://smba.example/", "https://cdn.example/a.jpg", "bot:public:https://cdn.example/a.jpg")]
    [InlineData(false, "https://smba.example/", "https://smba.example@evil.example/a.jpg", null)]
    [InlineData(false, "https://smba.example/", "http://cdn.example/a.jpg", null)]
    [InlineData(false, "https://smba.example/", "file:///etc/passwd", null)]
    [InlineData(false, "https://smba.example/", "", null)]
    public void A_picture_is_fetched_where_replies_go_or_in_public(bool anonymous, string serviceUrl, string contentUrl, string? source) =>
        Assert.Equal(source, Channel("embedded", anonymous ? null : "11111111-2222-3333-4444-555555555555").SourceOf(serviceUrl, contentUrl));

    [Fact]
    public void A_channel_id_with_a_colon_finds_its_way_back()
    {
        var activity = BotActivity.Read(new(JsonSerializer.SerializeToUtf8Bytes(new { channelId = "a:b", conversation = new { id = "c:d" } })));
        var id = BotFrameworkChannel.Conversation(activity);
        Assert.Equal(id, ConversationId.Parse(id.ToString()));
        Assert.Equal("c:d", id.Address);
    }

    public void Dispose() => _connector.Dispose();

    private BotFrameworkChannel Channel(string server, string? appId = null) =>
        new(servers.Connect(server), RedisServers.FreshKeys(), _connector, Options.Create(new BotFrameworkOptions { AppId = appId }), null!);

    private sealed class Connector : HttpMessageHandler, IHttpClientFactory
    {
        public Queue<HttpStatusCode> Answering { get; private set; } = new();

        public IEnumerable<HttpStatusCode> Answers
        {
            set => Answering = new(value);
        }

        public Exception? Fails { get; set; }

        public List<string> Taken { get; } = [];

        public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (Fails is not null) throw Fails;
            var status = Answering.TryDequeue(out var next) ? next : HttpStatusCode.OK;
            if (status == HttpStatusCode.OK)
                Taken.Add(JsonDocument.Parse(await request.Content!.ReadAsStringAsync(cancellationToken)).RootElement.GetProperty("text").GetString()!);
            return new HttpResponseMessage(status);
        }
    }
}
