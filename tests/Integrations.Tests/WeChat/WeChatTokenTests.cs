using System.Diagnostics.Metrics;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;
using WuShe.Fakes;
using WuShe.Integrations.Tests.Redis;
using WuShe.Integrations.WeChat;
using WuShe.Services.Common;

namespace WuShe.Integrations.Tests.WeChat;

/// <summary>Access tokens of several instances on one Redis, embedded and redis-server.</summary>
public sealed class WeChatTokenTests(RedisServers servers) : IClassFixture<RedisServers>, IAsyncLifetime
{
    private const string OpenId = "oABCDEFGHIJKLMNOPQRSTUVWXYZ12";
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddDays(20_000));
    private readonly string _appId = "wx" + Guid.NewGuid().ToString("N")[..16];
    private FakeWeChat _platform = null!;

    public static TheoryData<string> Servers => RedisServers.All;

    public async Task InitializeAsync()
    {
        _platform = await FakeWeChat.Start(_appId, WeChatInstance.Secret, _time);
        _platform.Spoke(OpenId, allowed: 1000);
    }

    public async Task DisposeAsync() => await _platform.DisposeAsync();

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task Instances_refresh_once_and_again_before_the_end(string server)
    {
        var redis = servers.Connect(server);
        await using var one = Instance(redis);
        await using var two = Instance(redis);
        WeChatInstance[] instances = [one, two];
        var got = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Token(instances[i % 2])));
        Assert.Single(got.Distinct());
        Assert.Equal(["POST /cgi-bin/stable_token"], _platform.Calls);

        _time.Advance(TimeSpan.FromMinutes(114));
        Assert.Equal(got[0], await Token(two));
        _time.Advance(TimeSpan.FromMinutes(2.5));
        var later = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Token(instances[i % 2])));
        Assert.Contains(later, token => token != got[0]);
        Assert.Equal(2, _platform.Calls.Count);
        Assert.Equal(2, _platform.TokensIssued);
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task Classic_tokens_are_a_setting_and_as_few(string server)
    {
        var redis = servers.Connect(server);
        await using var one = Instance(redis, ("Accounts:main:TokenKind", "Classic"));
        await using var two = Instance(redis, ("Accounts:main:TokenKind", "Classic"));
        WeChatInstance[] instances = [one, two];
        Assert.Single((await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Token(instances[i % 2])))).Distinct());
        Assert.Equal(["GET /cgi-bin/token"], _platform.Calls);
        Assert.Equal(DeliveryResult.Delivered, (await two.Tell(OpenId, "好")).Result);
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task Instances_whose_token_died_replace_it_once(string server)
    {
        var redis = servers.Connect(server);
        await using var one = Instance(redis);
        await using var two = Instance(redis);
        WeChatInstance[] instances = [one, two];
        await Token(one);
        _platform.KillTokens();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => instances[i % 2].Tell(OpenId, $"好{i}")));
        Assert.All(outcomes, outcome => Assert.Equal(DeliveryResult.Delivered, outcome.Result));
        Assert.Equal(2, _platform.TokensIssued);
        Assert.Equal(20, _platform.Delivered.Count);
    }

    [SkippableTheory]
    [InlineData("embedded", 40001)]
    [InlineData("embedded", 40014)]
    [InlineData("embedded", 42001)]
    [InlineData("redis-server", 42001)]
    public async Task A_call_is_repeated_once_with_another_token_and_not_twice(string server, int code)
    {
        await using var one = Instance(servers.Connect(server));
        _platform.FailNext.Enqueue(code);
        Assert.Equal(DeliveryResult.Delivered, (await one.Tell(OpenId, "一")).Result);
        Assert.Equal(2, Sends);
        _platform.FailNext.Enqueue(code);
        _platform.FailNext.Enqueue(code);
        var outcome = await one.Tell(OpenId, "二");
        Assert.Equal(DeliveryResult.Retry, outcome.Result);
        Assert.StartsWith($"{code} ", outcome.Reason);
        Assert.Equal(4, Sends);
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task Expired_early_means_fetched_anew(string server)
    {
        await using var one = Instance(servers.Connect(server));
        await Token(one);
        _platform.ExpireTokens();
        Assert.Equal(DeliveryResult.Delivered, (await one.Tell(OpenId, "一")).Result);
        Assert.Equal([0, 42001, 0, 0], _platform.Log.Select(call => call.Code));
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task Only_the_token_that_failed_is_dropped(string server)
    {
        await using var one = Instance(servers.Connect(server));
        var token = await Token(one);
        await one.Get<WeChatTokens>().Drop(one.Account, "an older one");
        Assert.Equal(token, await Token(one));
        Assert.Single(_platform.Calls);
        await one.Get<WeChatTokens>().Drop(one.Account, token);
        await Token(one);
        Assert.Equal(2, _platform.Calls.Count);
    }

    [SkippableTheory]
    [InlineData("embedded", -1)]
    [InlineData("embedded", 503)]
    [InlineData("redis-server", -1)]
    public async Task A_token_is_used_to_its_end_while_no_other_can_be_had(string server, int trouble)
    {
        await using var one = Instance(servers.Connect(server));
        var token = await Token(one);
        _time.Advance(TimeSpan.FromMinutes(117));
        for (var i = 0; i < 9; i++) _platform.FailNextToken.Enqueue(trouble);
        Assert.Equal(token, await Token(one));
        while (_platform.FailNextToken.TryDequeue(out _))
        {
        }

        Assert.NotEqual(token, await Token(one));
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task Neither_token_nor_secret_is_ever_logged(string server)
    {
        var redis = servers.Connect(server);
        await using var stable = Instance(redis);
        await using var classic = Instance(redis, ("Accounts:main:TokenKind", "Classic"));
        foreach (var instance in new[] { stable, classic })
        {
            _platform.KillTokens();
            _platform.FailNextToken.Enqueue(-1);
            await instance.Tell(OpenId, "一");
            await instance.Tell(OpenId, "二");
            _platform.Whitelisted = false;
            _platform.KillTokens();
            await instance.Tell(OpenId, "三");
            _platform.Whitelisted = true;
            var token = await Token(instance);
            Assert.NotEmpty(instance.Log.Lines);
            Assert.DoesNotContain(instance.Log.Lines, line => line.Contains(token, StringComparison.Ordinal)
                || line.Contains("tttttttt", StringComparison.Ordinal) || line.Contains(WeChatInstance.Secret, StringComparison.Ordinal));
        }
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task Refreshes_are_counted_by_result(string server)
    {
        var account = "counted-" + server;
        var counted = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, me) =>
        {
            if (instrument is { Meter.Name: WeChatMetrics.MeterName, Name: "wushe.wechat.token.refreshes" }) me.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            var named = tags.ToArray().ToDictionary(tag => tag.Key, tag => (string?)tag.Value);
            if (named["account"] == account) counted.Add($"{count} {named["result"]}");
        });
        listener.Start();
        await using var one = Instance(
            servers.Connect(server),
            ($"Accounts:{account}:AppId", _appId), ($"Accounts:{account}:AppSecret", WeChatInstance.Secret), ($"Accounts:{account}:Token", "QDG6eK"),
            ($"Accounts:{account}:ApiBaseUrl", _platform.BaseUrl));
        var counting = one.Get<WeChatAccounts>().All.Single(a => a.Name == account);
        _platform.Whitelisted = false;
        Assert.Equal(40164, (await Assert.ThrowsAsync<WeChatException>(() => one.Get<WeChatTokens>().Get(counting, default))).Code);
        _platform.Whitelisted = true;
        await one.Get<WeChatTokens>().Get(counting, default);
        await one.Get<WeChatTokens>().Get(counting, default);
        Assert.Equal(["1 40164", "1 0"], counted);
    }

    private int Sends => _platform.Calls.Count(call => call.EndsWith("custom/send", StringComparison.Ordinal));

    private WeChatInstance Instance(IConnectionMultiplexer redis, params (string, string)[] settings) =>
        WeChatInstance.Start(redis, _platform, _appId, _time, settings);

    private static Task<string> Token(WeChatInstance instance) => instance.Get<WeChatTokens>().Get(instance.Account, default);
}
