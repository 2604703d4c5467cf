using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;
using WuShe.Dialogs;
using WuShe.Fakes;
using WuShe.Integrations.WeChat;
using WuShe.Integrations.WeChat.Notices;
using WuShe.Services.Common;

namespace WuShe.Integrations.Tests.WeChat.Notices;

/// <summary>Which way a message takes by what is open now, against the fake platform and a real Redis.</summary>
public sealed class WeChatWaysTests : IAsyncLifetime
{
    private const string OpenId = "oABCDEFGHIJKLMNOPQRSTUVWXYZ12";
    private const string Content = "事项：{{thing1.DATA}}\n编号：{{character_string2.DATA}}\n进度：{{phrase3.DATA}}\n时间：{{time4.DATA}}";
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddDays(20_000));
    private readonly string _appId = "wx" + Guid.NewGuid().ToString("N")[..16];
    private FakeWeChat _platform = null!;
    private ConnectionMultiplexer? _redis;
    private WeChatInstance _instance = null!;

    private ConversationId To { get; } = new("wechat.main", OpenId);

    public async Task InitializeAsync()
    {
        var redis = Environment.GetEnvironmentVariable("WUSHE_TEST_REDIS");
        if (string.IsNullOrEmpty(redis)) return;
        _platform = await FakeWeChat.Start(_appId, WeChatInstance.Secret, _time);
        _platform.Notices.Templates["TPL"] = Content;
        _platform.Notices.Subscriptions["SUB"] = Content;
        _redis = await ConnectionMultiplexer.ConnectAsync(redis);
        _instance = Start("thing1", "what");
    }

    public async Task DisposeAsync()
    {
        if (_redis is null) return;
        await _instance.DisposeAsync();
        await _platform.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [SkippableFact]
    public async Task Who_may_be_written_to_gets_a_message_and_nothing_else()
    {
        Ready();
        Speaks();
        Assert.Equal("wechat.main", (await Deliver()).Reason);
        Assert.Single(_platform.Delivered);
        Assert.Empty(_platform.Notices.Delivered);
    }

    [SkippableFact]
    public async Task The_allowance_is_counted_and_the_next_way_taken_without_asking()
    {
        Ready();
        Speaks();
        for (var i = 0; i < 5; i++) Assert.Equal("wechat.main", (await Deliver()).Reason);
        var asked = _platform.Calls.Count;
        var outcome = await Deliver();
        Assert.Equal(new DeliveryOutcome(DeliveryResult.Delivered, "wechat.main by template: sent; message: customer messages used up"), outcome);
        Assert.Equal(asked + 1, _platform.Calls.Count);
        Speaks();
        Assert.Equal("wechat.main", (await Deliver()).Reason);
    }

    [SkippableFact]
    public async Task A_tap_allows_three_within_a_minute()
    {
        Ready();
        Taps();
        for (var i = 0; i < 3; i++) Assert.Equal("wechat.main", (await Deliver()).Reason);
        Assert.Contains("used up", (await Deliver()).Reason, StringComparison.Ordinal);
        Taps();
        _time.Advance(TimeSpan.FromSeconds(61));
        Assert.Contains("by template", (await Deliver()).Reason, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task After_two_days_of_silence_a_consent_is_used_before_a_template()
    {
        Ready();
        Speaks();
        await Agree();
        _time.Advance(TimeSpan.FromHours(49));
        Assert.Equal("wechat.main by subscription: sent; message: reply window closed", (await Deliver()).Reason);
        Assert.Equal("wechat.main by template: sent; message: reply window closed", (await Deliver()).Reason);
        Assert.Equal(["subscription", "template"], _platform.Notices.Delivered.Select(one => one.Form));
        var told = _platform.Notices.Delivered.First();
        Assert.Equal(("路灯不亮", "261128-0001", "正在处理"), (told.Values["thing1"], told.Values["character_string2"], told.Values["phrase3"]));
        Assert.Equal("https://bot.example.org/my/cases/261128-0001", told.Page);
    }

    [SkippableFact]
    public async Task A_consent_counts_once_however_often_its_event_comes_and_a_no_ends_it()
    {
        Ready();
        var yes = Event("subscribe_msg_popup_event", "SubscribeMsgPopupEvent", "accept");
        var consents = _instance.Get<WeChatConsents>();
        await consents.Note(_instance.Account, yes, default);
        await consents.Note(_instance.Account, yes, default);
        Assert.True(await consents.Take(_instance.Account, OpenId, "SUB"));
        Assert.False(await consents.Take(_instance.Account, OpenId, "SUB"));
        await Agree();
        _time.Advance(TimeSpan.FromSeconds(1));
        await consents.Note(_instance.Account, Event("subscribe_msg_popup_event", "SubscribeMsgPopupEvent", "reject"), default);
        await consents.Note(_instance.Account, Event("subscribe_msg_change_event", "SubscribeMsgChangeEvent", "reject"), default);
        Assert.False(await consents.Take(_instance.Account, OpenId, "SUB"));
    }

    [SkippableFact]
    public async Task A_consent_that_the_platform_does_not_know_is_forgotten_and_the_template_tells()
    {
        Ready();
        await Silent();
        await Agree();
        _platform.Notices.Withdraw(OpenId, "SUB");
        Assert.Contains("by template: sent", (await Deliver()).Reason, StringComparison.Ordinal);
        Assert.False(await _instance.Get<WeChatConsents>().Take(_instance.Account, OpenId, "SUB"));
    }

    [SkippableFact]
    public async Task A_template_that_does_not_match_is_named_at_start_and_passed_over()
    {
        Ready();
        await using var wrong = Start("thing9", "what");
        var faults = await wrong.Get<WeChatTemplates>().Check(wrong.Account, default);
        Assert.Contains(faults, fault => fault is { Form: WeChatForm.Template, Field: "thing9", Limit: 20, Reason: "thing9 is not in the template" });
        Assert.Contains(faults, fault => fault is { Form: WeChatForm.Template, Field: "thing1" });
        await Silent();
        var outcome = await wrong.Channel.Deliver(To, Key(), [Told()], default);
        Assert.Equal(DeliveryResult.Refused, outcome.Result);
        Assert.Equal("subscription: thing9 is not in the template; template: thing9 is not in the template; message: reply window closed", outcome.Reason);
        Assert.Empty(_platform.Notices.Delivered);
    }

    [SkippableFact]
    public async Task A_template_gone_from_the_account_is_a_fault_and_matching_ones_are_none()
    {
        Ready();
        Assert.Empty(await _instance.Get<WeChatTemplates>().Check(_instance.Account, default));
        _platform.Notices.Templates.Clear();
        var fault = Assert.Single(await _instance.Get<WeChatTemplates>().Check(_instance.Account, default));
        Assert.Equal(("template not in the account's list", "公众号的模板列表里没有这个编号"), (fault.Reason, fault.Words));
    }

    [SkippableFact]
    public async Task A_value_that_fits_nowhere_is_a_reason_and_nothing_is_sent()
    {
        Ready();
        await Silent();
        var notice = Told();
        var odd = notice with { Notice = notice.Notice! with { Fields = new Dictionary<string, string>(notice.Notice.Fields) { ["number"] = "没有编号" } } };
        var outcome = await _instance.Channel.Deliver(To, Key(), [odd], default);
        Assert.Equal("subscription: character_string2 does not fit; template: character_string2 does not fit; message: reply window closed", outcome.Reason);
    }

    [SkippableFact]
    public async Task What_is_only_said_in_conversations_waits_for_one()
    {
        Ready();
        await Silent();
        Assert.Equal(DeliveryResult.Refused, (await _instance.Channel.Deliver(To, Key(), ["只在聊天里说"], default)).Result);
        var idle = Told() with { Notice = Told().Notice! with { Urgency = Urgency.CanWait } };
        Assert.Equal(DeliveryResult.Refused, (await _instance.Channel.Deliver(To, Key(), [idle], default)).Result);
        Assert.Empty(_platform.Notices.Delivered);
    }

    [SkippableFact]
    public async Task A_second_try_after_a_lost_answer_tells_nobody_twice()
    {
        Ready();
        await Silent();
        var key = Key();
        for (var i = 0; i < 3; i++) Assert.Contains("by template: sent", (await _instance.Channel.Deliver(To, key, [Told()], default)).Reason, StringComparison.Ordinal);
        Assert.Single(_platform.Notices.Delivered);
    }

    [SkippableFact]
    public async Task Each_form_is_shown_with_a_typical_notice_and_what_is_wrong_with_it()
    {
        Ready();
        var one = (await _instance.Get<WeChatPreviews>().All(default)).First(preview => preview.Form == WeChatForm.Template);
        Assert.Equal(("main", "办理进度提醒", "事项：公共照明：路灯不亮\n编号：261128-0001\n进度：正在处理\n时间：2026-11-28 15:01"), (one.Account, one.Title, one.Text));
        Assert.Empty(one.Faults);
        await using var wrong = Start("thing9", "what");
        Assert.Contains("字段 thing9（最多 20 个字）：模板里没有这个字段。", (await wrong.Get<WeChatPreviews>().All(default))[0].Faults);
        _platform.Faults.Errors = 1;
        _platform.Faults.Codes = [48001];
        Assert.Equal("现在读不到公众号的模板列表（48001）。", (await _instance.Get<WeChatPreviews>().All(default))[0].Trouble);
    }

    private async Task Silent()
    {
        Speaks();
        _time.Advance(TimeSpan.FromHours(49));
        // The note of when they spoke goes out without being waited for.
        await _redis!.GetDatabase().PingAsync();
    }

    private void Speaks()
    {
        _platform.Spoke(OpenId);
        _instance.Get<WeChatWindows>().Opened(_instance.Account, Message("<MsgType>text</MsgType><Content>你好</Content><MsgId>1</MsgId>"));
    }

    private void Taps()
    {
        _platform.Tapped(OpenId);
        _instance.Get<WeChatWindows>().Opened(_instance.Account, Message("<MsgType>event</MsgType><Event>CLICK</Event><EventKey>report</EventKey>"));
    }

    private async Task Agree()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        _platform.Notices.Agree(OpenId, "SUB");
        await _instance.Get<WeChatConsents>().Note(_instance.Account, Event("subscribe_msg_popup_event", "SubscribeMsgPopupEvent", "accept"), default);
    }

    private WeChatMessage Event(string name, string list, string status) => Message(
        $"<MsgType>event</MsgType><Event>{name}</Event><{list}><List><TemplateId>SUB</TemplateId><SubscribeStatusString>{status}</SubscribeStatusString><PopupScene>1</PopupScene></List></{list}>");

    private WeChatMessage Message(string inner) => new(WeChatXml.TryRead(System.Text.Encoding.UTF8.GetBytes(
        $"<xml><ToUserName>gh_1</ToUserName><FromUserName>{OpenId}</FromUserName><CreateTime>{_time.GetUtcNow().ToUnixTimeSeconds()}</CreateTime>{inner}</xml>"))!);

    private Task<DeliveryOutcome> Deliver() => _instance.Channel.Deliver(To, Key(), [Told()], default);

    private static string Key() => Guid.NewGuid().ToString("N");

    private static Message Told() => new("您反映的“路灯不亮”由网格员 王接单了。")
    {
        Notice = new Notice("case-progress", new Dictionary<string, string>
        {
            ["what"] = "路灯不亮",
            ["number"] = "261128-0001",
            ["state"] = "正在处理",
            ["time"] = "2026-11-28 15:01",
        })
        { Page = "/my/cases/261128-0001" },
    };

    private WeChatInstance Start(string field, string ours)
    {
        var settings = new List<(string, string)>();
        foreach (var (form, id) in ((string, string)[])[("Subscription", "SUB"), ("Template", "TPL")])
        {
            var path = $"Accounts:main:Notices:case-progress:{form}:";
            settings.Add((path + "Id", id));
            foreach (var (theirs, mine) in ((string, string)[])[(field, ours), ("character_string2", "number"), ("phrase3", "state"), ("time4", "time")])
                settings.Add(($"{path}Fields:{theirs}", mine));
        }
        return WeChatInstance.Start(_redis!, _platform, _appId, _time, [.. settings]);
    }

    private void Ready() => Skip.If(_redis is null, "WUSHE_TEST_REDIS names no redis-server");
}
