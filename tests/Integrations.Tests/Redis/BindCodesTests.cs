using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Integrations.Redis;
using WuShe.Integrations.Tests.Databases;
using WuShe.Services.Bindings;

namespace WuShe.Integrations.Tests.Redis;

/// <summary>The six digits: how long, how often, for whom.</summary>
public sealed class BindCodesTests(RedisServers servers) : IClassFixture<RedisServers>
{
    private static readonly ConversationId Web = new("web", "ann");
    private static readonly ConversationId WeChat = new("wechat.main", "oAnn");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 2, 0, 0, TimeSpan.Zero));
    private readonly FakeAlarms _alarms = new();

    public static TheoryData<string> Servers => RedisServers.All;

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task Six_digits_name_the_conversation_once(string server)
    {
        var codes = Codes(server);
        var code = (await codes.Issue(Web, default))!;
        Assert.Matches("^[0-9]{6}$", code);
        var key = Key();
        Assert.Equal(Web, await codes.Redeem(code, WeChat, key, default));
        Assert.Equal(Web, await codes.Redeem(code, WeChat, key, default));
        Assert.Null(await codes.Redeem(code, WeChat, Key(), default));
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task Of_many_who_say_it_at_once_one_is_heard(string server)
    {
        var codes = Codes(server, new BindingSettings { TriesOfAllPerTenMinutes = 1000 });
        var code = (await codes.Issue(Web, default))!;
        var heard = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => codes.Redeem(code, new ConversationId("wechat.main", $"o{i}"), Key(), default)));
        Assert.Single(heard, who => who is not null);
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task Ten_minutes_and_no_longer(string server)
    {
        var codes = Codes(server);
        var code = (await codes.Issue(Web, default))!;
        _time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        Assert.Equal(Web, await codes.Redeem(code, WeChat, Key(), default));
        code = (await codes.Issue(Web, default))!;
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Null(await codes.Redeem(code, WeChat, Key(), default));
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task Only_the_latest_is_good(string server)
    {
        var codes = Codes(server);
        var first = (await codes.Issue(Web, default))!;
        var second = (await codes.Issue(Web, default))!;
        Assert.Null(await codes.Redeem(first, WeChat, Key(), default));
        Assert.Equal(Web, await codes.Redeem(second, WeChat, Key(), default));
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task Said_where_it_was_given_out_it_stays_good_and_by_others_on_that_channel_it_is_nothing(string server)
    {
        var codes = Codes(server);
        var code = (await codes.Issue(Web, default))!;
        Assert.Equal(Web, await codes.Redeem(code, Web, Key(), default));
        Assert.Null(await codes.Redeem(code, new ConversationId("web", "bob"), Key(), default));
        Assert.Equal(Web, await codes.Redeem(code, WeChat, Key(), default));
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task Five_tries_an_hour_then_even_the_right_one_is_nothing(string server)
    {
        var codes = Codes(server);
        for (var i = 0; i < 5; i++) Assert.Null(await codes.Redeem($"00000{i}", WeChat, Key(), default));
        var code = (await codes.Issue(Web, default))!;
        Assert.Null(await codes.Redeem(code, WeChat, Key(), default));
        Assert.Equal(Web, await codes.Redeem(code, new ConversationId("wechat.main", "oBob"), Key(), default));
        _time.Advance(TimeSpan.FromHours(1));
        code = (await codes.Issue(Web, default))!;
        Assert.Equal(Web, await codes.Redeem(code, WeChat, Key(), default));
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task Guessing_from_many_conversations_gets_no_further_and_is_told(string server)
    {
        var codes = Codes(server);
        var code = (await codes.Issue(WeChat, default))!;
        for (var i = 0; i < 60; i++) Assert.Null(await codes.Redeem("000000", new ConversationId("web", $"guess{i}"), Key(), default));
        Assert.Empty(_alarms.Raised);
        Assert.Null(await codes.Redeem(code, Web, Key(), default));
        Assert.Contains("绑定暂停", Assert.Single(_alarms.Raised.Values));
        _time.Advance(TimeSpan.FromMinutes(10));
        code = (await codes.Issue(WeChat, default))!;
        Assert.Equal(WeChat, await codes.Redeem(code, Web, Key(), default));
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task Five_codes_an_hour_are_given_out(string server)
    {
        var codes = Codes(server);
        for (var i = 0; i < 5; i++) Assert.NotNull(await codes.Issue(Web, default));
        Assert.Null(await codes.Issue(Web, default));
        Assert.NotNull(await codes.Issue(WeChat, default));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.NotNull(await codes.Issue(Web, default));
    }

    private static IdempotencyKey Key() => new(Guid.NewGuid().ToString());

    private RedisBindCodes Codes(string server, BindingSettings? settings = null) =>
        new(servers.Connect(server), RedisServers.FreshKeys(), _alarms, Options.Create(settings ?? new BindingSettings()), _time);
}
