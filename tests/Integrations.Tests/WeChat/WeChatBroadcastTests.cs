using Microsoft.Extensions.Time.Testing;
using WuShe.Dialogs;
using WuShe.Fakes;
using WuShe.Integrations.Tests.Redis;
using WuShe.Integrations.WeChat;
using WuShe.Services.Common;

namespace WuShe.Integrations.Tests.WeChat;

/// <summary>Broadcasts: each goes out once, what is left is known beforehand, what became of it afterwards.</summary>
public sealed class WeChatBroadcastTests(RedisServers servers) : IClassFixture<RedisServers>, IAsyncLifetime
{
    private const string Main = "wechat.main";
    private static readonly BroadcastContent Words = BroadcastContent.Words("明天上午停水😀，请提前接水。\"9点\"\n");

    // 14:00 in Beijing, eight days before the month ends.
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));
    private readonly string _appId = "wx" + Guid.NewGuid().ToString("N")[..16];
    private FakeWeChat _platform = null!;

    public static TheoryData<string> Servers => RedisServers.All;

    public async Task InitializeAsync() => _platform = await FakeWeChat.Start(_appId, WeChatInstance.Secret, _time);

    public async Task DisposeAsync() => await _platform.DisposeAsync();

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task The_same_key_goes_out_once_and_gives_the_same_number_on_every_instance(string server)
    {
        await using var one = Instance(server);
        await using var two = Instance(server);
        var first = await Send(one, "notice-1", BroadcastAudience.Tag(2));
        Assert.Equal((BroadcastAnswer.Accepted, "ok"), (first.Answer, first.Reason));
        var again = await Send(two, "notice-1", BroadcastAudience.Tag(2));
        Assert.Equal((BroadcastAnswer.Accepted, first.Id), (again.Answer, again.Id));
        var sent = Assert.Single(_platform.Broadcasts.Sent);
        Assert.Equal(("#2", "text", "明天上午停水😀，请提前接水。\"9点\"\n"), (sent.To, sent.Type, sent.Content));
        Assert.NotEqual(first.Id, (await Send(one, "notice-2", BroadcastAudience.Tag(2))).Id);
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task A_lost_answer_is_asked_for_again_and_sends_nothing_twice(string server)
    {
        await using var one = Instance(server);
        // The token first: what is lost must be the answer to the broadcast.
        await one.Get<WeChatTokens>().Get(one.Account, default);
        _platform.Faults.LostAnswers = 1;
        var lost = await Send(one, "notice", BroadcastAudience.Everybody);
        Assert.Equal((BroadcastAnswer.Wait, _time.GetUtcNow().AddMinutes(1)), (lost.Answer, lost.Until));
        Assert.Single(_platform.Broadcasts.Sent);
        Assert.Equal(0, (await Quota(one, BroadcastAudience.Everybody)).Used);

        _platform.Faults.None();
        var soon = await Send(one, "notice", BroadcastAudience.Everybody);
        Assert.Equal((BroadcastAnswer.Wait, "45066 repeated too soon"), (soon.Answer, soon.Reason));
        _time.Advance(TimeSpan.FromMinutes(1));
        var known = await Send(one, "notice", BroadcastAudience.Everybody);
        Assert.Equal((BroadcastAnswer.Accepted, "45065 sent already"), (known.Answer, known.Reason));
        Assert.Equal(Assert.Single(_platform.Broadcasts.Sent).Id.ToString(null, null), known.Id);
        Assert.Equal(1, (await Quota(one, BroadcastAudience.Everybody)).Used);
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task What_is_left_is_counted_by_month_and_audience_and_the_platforms_no_is_told(string server)
    {
        await using var one = Instance(server);
        Assert.Equal(
            new BroadcastQuota(4, 0, 100, new DateTimeOffset(2026, 11, 30, 16, 0, 0, TimeSpan.Zero)), await Quota(one, BroadcastAudience.Everybody));
        await Send(one, "a", BroadcastAudience.Everybody);
        await Send(one, "b", BroadcastAudience.Tag(2));
        await Send(one, "c", BroadcastAudience.Of([new(Main, "oPerson_1"), new(Main, "oPerson_2")]));
        Assert.Equal((1, 3, 97), Left(await Quota(one, BroadcastAudience.Everybody)));
        Assert.Equal((2, 2, 97), Left(await Quota(one, BroadcastAudience.Tag(2))));
        Assert.Equal((1, 3, 97), Left(await Quota(one, BroadcastAudience.Tag(3))));

        var second = await Send(one, "d", BroadcastAudience.Everybody);
        Assert.Equal((BroadcastAnswer.NoQuota, "45028 no broadcast quota left"), (second.Answer, second.Reason));
        for (var day = 0; day < 3; day++)
        {
            _time.Advance(TimeSpan.FromDays(1));
            Assert.Equal(BroadcastAnswer.Accepted, (await Send(one, $"day-{day}", BroadcastAudience.Everybody)).Answer);
        }

        Assert.Equal((4, 0, 99), Left(await Quota(one, BroadcastAudience.Everybody)));
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(BroadcastAnswer.NoQuota, (await Send(one, "d", BroadcastAudience.Everybody)).Answer);
        // Midnight in Beijing begins the month.
        _time.Advance(new DateTimeOffset(2026, 11, 30, 16, 0, 0, TimeSpan.Zero) - _time.GetUtcNow());
        Assert.Equal((0, 4, 100), Left(await Quota(one, BroadcastAudience.Everybody)));
        Assert.Equal(BroadcastAnswer.Accepted, (await Send(one, "d", BroadcastAudience.Everybody)).Answer);
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task What_cannot_be_sent_is_refused_with_its_reason(string server)
    {
        await using var one = Instance(server, ("Limits:BroadcastPeople", "3"));
        var broadcasts = one.Get<IBroadcasts>();
        ConversationId[] four = [new(Main, "oPerson_1"), new(Main, "oPerson_2"), new(Main, "oPerson_3"), new(Main, "oPerson_4")];
        Assert.Equal("1 people: 2 to 3 at once", (await Send(one, "k", BroadcastAudience.Of([four[0], four[0], new("web", "x")]))).Reason);
        Assert.Equal("4 people: 2 to 3 at once", (await Send(one, "k", BroadcastAudience.Of(four))).Reason);
        Assert.Equal("empty text", (await broadcasts.Send(Main, "k", BroadcastAudience.Everybody, BroadcastContent.Words(""), default)).Reason);
        Assert.Equal("text too long", (await broadcasts.Send(Main, "k", BroadcastAudience.Everybody, BroadcastContent.Words(new string('水', 683)), default)).Reason);
        Assert.Equal("no such account", (await broadcasts.Send("wechat.other", "k", BroadcastAudience.Everybody, Words, default)).Reason);
        Assert.Empty(_platform.Calls);
        Assert.Equal("45159 tag not valid", (await Send(one, "k", BroadcastAudience.Tag(77))).Reason);
        Assert.Empty(_platform.Broadcasts.Sent);
        Assert.Equal(BroadcastAnswer.Accepted, (await Send(one, "k", BroadcastAudience.Of(four[..3]))).Answer);
        Assert.Equal("oPerson_1,oPerson_2,oPerson_3", Assert.Single(_platform.Broadcasts.Sent).To);
        Assert.True(broadcasts.Carries(Main));
        Assert.False(broadcasts.Carries("web"));
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task A_preview_a_state_and_taking_back_are_asked_of_the_platform(string server)
    {
        await using var one = Instance(server);
        var broadcasts = one.Get<IBroadcasts>();
        Assert.Equal(BroadcastAnswer.Accepted, (await broadcasts.Preview(new(Main, "oPerson_1"), Words, default)).Answer);
        Assert.StartsWith("oPerson_1: 明天上午停水😀", Assert.Single(_platform.Broadcasts.Previews), StringComparison.Ordinal);

        var article = await broadcasts.Send(Main, "article", BroadcastAudience.Tag(2), BroadcastContent.ArticleOf("media-of-a-draft"), default);
        var sent = Assert.Single(_platform.Broadcasts.Sent);
        Assert.Equal(("mpnews", "media-of-a-draft"), (sent.Type, sent.Content));
        foreach (var (word, state) in new[] { ("SENDING", BroadcastState.Sending), ("SEND_SUCCESS", BroadcastState.Sent), ("SEND_FAIL", BroadcastState.Failed), ("NEW", BroadcastState.Unknown) })
        {
            sent.Status = word;
            Assert.Equal(state, await broadcasts.State(Main, article.Id!, default));
        }

        Assert.Equal(BroadcastAnswer.Accepted, (await broadcasts.Delete(Main, article.Id!, default)).Answer);
        Assert.Equal(BroadcastState.Deleted, await broadcasts.State(Main, article.Id!, default));
        Assert.Equal(BroadcastAnswer.Refused, (await broadcasts.Delete(Main, (await Send(one, "words", BroadcastAudience.Tag(2))).Id!, default)).Answer);
        Assert.Equal(BroadcastState.Unknown, await broadcasts.State(Main, "12", default));
        Assert.Equal(BroadcastState.Unknown, await broadcasts.State(Main, "no number", default));
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task Limits_and_troubles_of_the_platform_are_waits_under_the_same_key(string server)
    {
        await using var one = Instance(server, ("Limits:BroadcastPerMinute", "1"));
        Assert.Equal(BroadcastAnswer.Accepted, (await Send(one, "a", BroadcastAudience.Tag(2))).Answer);
        var waits = await Send(one, "b", BroadcastAudience.Tag(2));
        Assert.Equal((BroadcastAnswer.Wait, _time.GetUtcNow().AddMinutes(1)), (waits.Answer, waits.Until));
        _time.Advance(TimeSpan.FromMinutes(1));
        (_platform.Faults.Errors, _platform.Faults.Codes) = (1, [-1]);
        Assert.Equal((BroadcastAnswer.Wait, "-1 platform busy"), Told(await Send(one, "b", BroadcastAudience.Tag(2))));
        _platform.Faults.None();
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((BroadcastAnswer.Accepted, "ok"), Told(await Send(one, "b", BroadcastAudience.Tag(2))));
        Assert.Equal(2, _platform.Broadcasts.Sent.Count);
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task The_result_that_is_pushed_is_kept_and_understood(string server)
    {
        await using var one = Instance(server);
        var broadcasts = one.Get<IBroadcasts>();
        Assert.Null(await broadcasts.Report(Main, "3000000000", default));
        await Push(one, "3000000000", "send success", 100, 80, 75, 5);
        await Push(one, "3000000001", "err(10001)", 100, 0, 0, 0);
        await Push(one, "../etc", "send success", 1, 1, 1, 1);
        Assert.Equal(
            new BroadcastReport(BroadcastState.Sent, "send success", 100, 80, 75, 5, _time.GetUtcNow()), await broadcasts.Report(Main, "3000000000", default));
        var refused = await broadcasts.Report(Main, "3000000001", default);
        Assert.Equal((BroadcastState.Failed, "err(10001) 涉嫌广告"), (refused!.State, refused.Reason));
        Assert.Null(await broadcasts.Report(Main, "../etc", default));
    }

    private async Task Push(WeChatInstance one, string id, string status, int total, int filtered, int sent, int errors)
    {
        var xml = $"<xml><ToUserName>gh_1</ToUserName><FromUserName>oSystem</FromUserName><CreateTime>{_time.GetUtcNow().ToUnixTimeSeconds()}</CreateTime><MsgType>event</MsgType>"
            + $"<Event>MASSSENDJOBFINISH</Event><MsgID>{id}</MsgID><Status><![CDATA[{status}]]></Status><TotalCount>{total}</TotalCount><FilterCount>{filtered}</FilterCount>"
            + $"<SentCount>{sent}</SentCount><ErrorCount>{errors}</ErrorCount><ArticleUrlResult><Count>0</Count><ResultList></ResultList></ArticleUrlResult></xml>";
        await one.Get<IWeChatReports>().Note(one.Account, new WeChatMessage(WeChatXml.TryRead(System.Text.Encoding.UTF8.GetBytes(xml))!), default);
    }

    private WeChatInstance Instance(string server, params (string, string)[] settings) =>
        WeChatInstance.Start(servers.Connect(server), _platform, _appId, _time, settings);

    private static Task<BroadcastOutcome> Send(WeChatInstance one, string key, BroadcastAudience audience) =>
        one.Get<IBroadcasts>().Send(Main, key, audience, Words, default);

    private static Task<BroadcastQuota> Quota(WeChatInstance one, BroadcastAudience audience) => one.Get<IBroadcasts>().Quota(Main, audience, default);

    private static (int Used, int Left, int Today) Left(BroadcastQuota quota) => (quota.Used, quota.Left, quota.CallsLeftToday);

    private static (BroadcastAnswer Answer, string Reason) Told(BroadcastOutcome outcome) => (outcome.Answer, outcome.Reason);
}
