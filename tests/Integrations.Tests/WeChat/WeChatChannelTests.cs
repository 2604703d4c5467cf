using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;
using WuShe.Dialogs;
using WuShe.Fakes;
using WuShe.Integrations.Redis;
using WuShe.Integrations.WeChat;
using WuShe.Services.Common;
using WuShe.Services.Common.Alarms;

namespace WuShe.Integrations.Tests.WeChat;

/// <summary>Customer-service messages, tokens and media against the fake platform and a real Redis.</summary>
public sealed class WeChatChannelTests : IAsyncLifetime
{
    private const string OpenId = "oABCDEFGHIJKLMNOPQRSTUVWXYZ12";
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddDays(20_000));
    private readonly FakeFiles _files = new();
    private readonly string _appId = "wx" + Guid.NewGuid().ToString("N")[..16];
    private FakeWeChat _platform = null!;
    private ServiceProvider? _services;

    private IChannel Channel => _services!.GetRequiredService<IChannel>();

    private ConversationId To { get; } = new("wechat.main", OpenId);

    public async Task InitializeAsync()
    {
        var redis = Environment.GetEnvironmentVariable("WUSHE_TEST_REDIS");
        if (string.IsNullOrEmpty(redis)) return;
        _platform = await FakeWeChat.Start(_appId, "secret", _time);
        _services = Services(redis, "secret");
    }

    public async Task DisposeAsync()
    {
        if (_services is null) return;
        await _services.DisposeAsync();
        await _platform.DisposeAsync();
    }

    [SkippableFact]
    public async Task Text_is_sent_as_it_is()
    {
        Ready();
        var outcome = await Deliver("您的案件 <b>&\"240101-0001\" 办好了 😀");
        Assert.Equal(DeliveryResult.Delivered, outcome.Result);
        Assert.Equal("您的案件 <b>&\"240101-0001\" 办好了 😀", Assert.Single(_platform.Delivered).Text);
    }

    [SkippableFact]
    public async Task Long_text_goes_in_parts_and_nothing_is_lost()
    {
        Ready();
        var text = string.Concat(Enumerable.Repeat("楼道灯😀", 300));
        Assert.Equal(DeliveryResult.Delivered, (await Deliver(text)).Result);
        Assert.True(_platform.Delivered.Count > 1);
        Assert.Equal(text, string.Concat(_platform.Delivered.Select(d => d.Text)));
    }

    [SkippableFact]
    public async Task Options_are_numbered()
    {
        Ready();
        await Channel.Deliver(To, Key(), [new Message("请评价") { Options = ["满意", "不满意"] }], default);
        Assert.Equal("请评价\n1. 满意\n2. 不满意\n（回复数字就行）", Assert.Single(_platform.Delivered).Text);
    }

    [SkippableFact]
    public async Task Picture_is_uploaded_and_a_missing_one_is_said()
    {
        Ready();
        _files.Files["p1"] = [0xFF, 0xD8, 1, 2, 3];
        var messages = new[] { new Message("处理好了") { Picture = new("p1") }, new Message("还有") { Picture = new("p2") } };
        Assert.Equal(DeliveryResult.Delivered, (await Channel.Deliver(To, Key(), messages, default)).Result);
        Assert.Equal(["text", "image", "text", "text"], _platform.Delivered.Select(d => d.Type));
        Assert.Equal(_files.Files["p1"], _platform.Delivered.ElementAt(1).Picture);
    }

    [SkippableFact]
    public async Task Platform_refusals_are_outcomes()
    {
        Ready();
        for (var i = 0; i < 5; i++) Assert.Equal(DeliveryResult.Delivered, (await Deliver("好")).Result);
        Assert.StartsWith("45047", (await Deliver("好")).Reason);
        _time.Advance(TimeSpan.FromHours(49));
        Assert.Equal(new DeliveryOutcome(DeliveryResult.Refused, "45015 reply window closed"), await Deliver("好"));
        _platform.Left(OpenId);
        Assert.Equal(new DeliveryOutcome(DeliveryResult.Refused, "43004 does not follow"), await Deliver("好"));
        Assert.StartsWith("40003", (await Channel.Deliver(new("wechat.main", "?"), Key(), ["好"], default)).Reason);
        Assert.Equal(DeliveryResult.Refused, (await Channel.Deliver(new("wechat.none", OpenId), Key(), ["好"], default)).Result);
    }

    [SkippableTheory]
    [InlineData(-1)]
    [InlineData(503)]
    public async Task Passing_trouble_is_tried_again_later_behind_what_was_sent(int code)
    {
        Ready();
        var key = Key();
        Message[] messages = ["一", "二"];
        _platform.Tapped(OpenId);
        Assert.Equal(DeliveryResult.Delivered, (await Deliver("零")).Result);
        _platform.FailNext.Enqueue(code);
        Assert.Equal(DeliveryResult.Retry, (await Channel.Deliver(To, key, messages, default)).Result);
        Assert.Equal(DeliveryResult.Delivered, (await Channel.Deliver(To, key, messages, default)).Result);
        Assert.Equal(DeliveryResult.Delivered, (await Channel.Deliver(To, key, messages, default)).Result);
        Assert.Equal(["零", "一", "二"], _platform.Delivered.Select(d => d.Text));
    }

    [SkippableFact]
    public async Task Token_is_fetched_once_by_all_and_again_before_its_end()
    {
        Ready();
        await using var other = Services(Environment.GetEnvironmentVariable("WUSHE_TEST_REDIS")!, "secret");
        var tokens = new[] { _services!, other }.Select(s => s.GetRequiredService<WeChatTokens>()).ToArray();
        var account = _services!.GetRequiredService<WeChatAccounts>().All.Single();
        var got = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => tokens[i % 2].Get(account, default)));
        Assert.Single(got.Distinct());
        Assert.Equal(1, _platform.TokensIssued);
        Assert.Equal(1, _platform.Calls.Count(c => c.Contains("stable_token", StringComparison.Ordinal)));
        _time.Advance(TimeSpan.FromMinutes(116.5));
        Assert.NotEqual(got[0], await tokens[0].Get(account, default));
        Assert.Equal(2, _platform.TokensIssued);
    }

    [SkippableFact]
    public async Task Refused_token_is_replaced_once()
    {
        Ready();
        await Deliver("一");
        _platform.KillTokens();
        Assert.Equal(DeliveryOutcome.Delivered("wechat.main"), await Deliver("二"));
        Assert.Equal(2, _platform.TokensIssued);
        foreach (var code in new[] { 42001, 40014 }) _platform.FailNext.Enqueue(code);
        Assert.Equal(DeliveryResult.Retry, (await Deliver("三")).Result);
    }

    [SkippableFact]
    public async Task Token_that_was_replaced_already_is_not_dropped()
    {
        Ready();
        var tokens = _services!.GetRequiredService<WeChatTokens>();
        var account = _services!.GetRequiredService<WeChatAccounts>().All.Single();
        var token = await tokens.Get(account, default);
        await tokens.Drop(account, "an older one");
        Assert.Equal(token, await tokens.Get(account, default));
        Assert.Equal(1, _platform.Calls.Count(c => c.Contains("stable_token", StringComparison.Ordinal)));
    }

    [SkippableFact]
    public async Task Wrong_secret_is_told_by_code_only()
    {
        Ready();
        await using var wrong = Services(Environment.GetEnvironmentVariable("WUSHE_TEST_REDIS")!, "wrong-secret");
        var outcome = await wrong.GetRequiredService<IChannel>().Deliver(To, Key(), ["好"], default);
        Assert.Equal(new DeliveryOutcome(DeliveryResult.Retry, "40125 AppSecret not valid: configuration"), outcome);
    }

    [SkippableFact]
    public async Task Media_is_fetched_or_gone()
    {
        Ready();
        var source = _services!.GetRequiredService<IMediaSource>();
        var id = _platform.Keep([0xFF, 0xD8, 9]);
        Assert.True(source.Serves("wechat:main:" + id));
        Assert.False(source.Serves("wecom:main:" + id));
        await using var picture = await source.Open("wechat:main:" + id, default);
        Assert.Equal(3, picture.Length);
        Assert.Contains("40007", (await Assert.ThrowsAsync<MediaGoneException>(() => source.Open("wechat:main:expired", default))).Message);
        var large = _platform.Keep(new byte[IPictures.MaxBytes + 1]);
        await Assert.ThrowsAsync<MediaGoneException>(() => source.Open("wechat:main:" + large, default));
        var video = _platform.Keep(Encoding.UTF8.GetBytes("{\"video_url\":\"http://127.0.0.1/x\"}"), "text/plain");
        await Assert.ThrowsAsync<MediaGoneException>(() => source.Open("wechat:main:" + video, default));
        _platform.KillTokens();
        await using var again = await source.Open("wechat:main:" + id, default);
        Assert.Equal(3, again.Length);
    }

    private Task<DeliveryOutcome> Deliver(string text) => Channel.Deliver(To, Key(), [text], default);

    private void Ready()
    {
        Skip.If(_services is null, "WUSHE_TEST_REDIS is not set.");
        _platform.Spoke(OpenId);
    }

    private static string Key() => "test-" + Guid.NewGuid().ToString("N");

    private ServiceProvider Services(string redis, string secret)
    {
        var settings = new Dictionary<string, string?>
        {
            ["WeChat:Accounts:main:AppId"] = _appId,
            ["WeChat:Accounts:main:AppSecret"] = secret,
            ["WeChat:Accounts:main:Token"] = "QDG6eK",
            ["WeChat:Accounts:main:ApiBaseUrl"] = _platform.BaseUrl,
        };
        return new ServiceCollection()
            .AddSingleton<TimeProvider>(_time)
            .AddSingleton<IFileStore>(_files)
            .AddWeChatSurroundings(_appId)
            .AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(redis))
            .AddWeChat(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .BuildServiceProvider();
    }

    private sealed class FakeFiles : IFileStore
    {
        public Dictionary<string, byte[]> Files { get; } = [];

        public Task Save(string id, Stream content, CancellationToken ct) => throw new NotSupportedException();

        public Task<Stream?> Open(string id, CancellationToken ct) =>
            Task.FromResult<Stream?>(Files.TryGetValue(id, out var file) ? new MemoryStream(file) : null);
    }
}
