using System.Text.Json;
using WuShe.Fakes;
using WuShe.Services.Common.StaffChat;

namespace WuShe.Bot.Tests.Channels;

/// <summary>The AI bot's callback: JSON, encrypted for nobody in particular.</summary>
public sealed class WeComBotTests(OneRedis redis) : IClassFixture<OneRedis>, IAsyncLifetime
{
    private WeComHost _host = null!;

    public async Task InitializeAsync() => _host = await WeComHost.Start(redis);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_mention_in_a_group_is_answered_at_once_and_whole()
    {
        var answer = await _host.Ask(Message("M1", """ "msgtype":"text","text":{"content":"@小助手 接 0007"},"quote":{"msgtype":"text","text":{"content":"昨晚开始"}}""", group: true));
        Assert.Equal(("接 0007", "昨晚开始"), (_host.Desk.Words.Single().Words, _host.Desk.Words.Single().Quoted));
        Assert.Equal("stream", Text(answer, "msgtype"));
        var stream = answer!.Value.GetProperty("stream");
        Assert.True(stream.GetProperty("finish").GetBoolean());
        Assert.Equal("收到：接 0007", Text(stream, "content"));

        // A lost answer: the platform asks for the rest of the stream and gets the same.
        var again = await _host.Ask(Message("M2", $$""" "msgtype":"stream","stream":{"id":"{{Text(stream, "id")}}"}"""));
        Assert.Equal(stream.GetRawText(), again!.Value.GetProperty("stream").GetRawText());
        var unknown = (await _host.Ask(Message("M3", """ "msgtype":"stream","stream":{"id":"S9"}""")))!.Value.GetProperty("stream");
        Assert.Equal(("S9", true), (Text(unknown, "id"), unknown.GetProperty("finish").GetBoolean()));
    }

    [Fact]
    public async Task Voice_and_mixed_messages_are_words_and_pictures_are_explained()
    {
        await _host.Ask(Message("M1", """ "msgtype":"voice","voice":{"content":"我的"}"""));
        await _host.Ask(Message("M2", """ "msgtype":"mixed","mixed":{"msg_item":[{"msgtype":"text","text":{"content":"如图"}},{"msgtype":"image","image":{"url":"https://x.invalid/1"}}]}"""));
        Assert.Equal(["我的", "如图"], _host.Desk.Words.Select(w => w.Words));
        var picture = await _host.Ask(Message("M3", """ "msgtype":"image","image":{"url":"https://x.invalid/1"}"""));
        Assert.Contains("只看得懂文字", Text(picture!.Value.GetProperty("stream"), "content"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_comes_as_a_card_within_the_bots_limits()
    {
        _host.Desk.Answer = _ => Task.FromResult(new StaffAnswer("待接单。") { Card = Card(open: true) });
        var answer = await _host.Ask(Message("M1", """ "msgtype":"text","text":{"content":"0001"}"""));
        Assert.Equal("stream_with_template_card", Text(answer, "msgtype"));
        var card = answer!.Value.GetProperty("template_card");
        Assert.Equal(0, FakeWeComChecks.Card(card, FakeWeComChecks.OfBots));
        Assert.Equal(("button_interaction", "260302-0001_v3", "claim:260302-0001"), (Text(card, "card_type"), Text(card, "task_id"), Text(card.GetProperty("button_list")[0], "key")));
    }

    [Fact]
    public async Task A_tap_is_answered_by_the_changed_card_once()
    {
        _host.Desk.Answer = _ => Task.FromResult(new StaffAnswer("已接单，居民会收到通知。") { Card = Card(open: false) });
        var tap = Tap("WangWei", "E1");
        var answer = await _host.Ask(tap);
        Assert.Equal("update_template_card", Text(answer, "response_type"));
        Assert.Equal("WangWei", answer!.Value.GetProperty("userids")[0].GetString());
        var card = answer.Value.GetProperty("template_card");
        Assert.Equal(0, FakeWeComChecks.Card(card, FakeWeComChecks.OfBots));
        Assert.Equal(("260302-0001_v3", "已接单，居民会收到通知。"), (Text(card, "task_id"), Text(card.GetProperty("main_title"), "desc")));
        Assert.Equal(answer.Value.GetRawText(), (await _host.Ask(tap))!.Value.GetRawText());
        Assert.Equal("260302-0001", Assert.Single(_host.Desk.Taps).CardId);
    }

    [Fact]
    public async Task Strangers_and_people_of_other_companies_are_nobody()
    {
        var answer = await _host.Ask(Tap("stranger", "E1"));
        Assert.Contains("没有生效", Text(answer!.Value.GetProperty("template_card"), "sub_title_text"), StringComparison.Ordinal);
        Assert.Equal("stranger", Assert.Single(_host.Desk.Strangers).Person);

        var foreign = Message("M1", """ "msgtype":"text","text":{"content":"我的"}""").Replace("\"userid\":", "\"corpid\":\"wwother\",\"userid\":", StringComparison.Ordinal);
        Assert.Contains("不在工作人员名单", Text((await _host.Ask(foreign))!.Value.GetProperty("stream"), "content"), StringComparison.Ordinal);
        Assert.Empty(_host.Desk.Words);
        Assert.Empty(_host.Desk.Taps);
    }

    [Fact]
    public async Task Who_enters_is_greeted_and_feedback_acknowledged()
    {
        var hello = await _host.Ask(Message("E1", """ "msgtype":"event","event":{"eventtype":"enter_chat"}"""));
        Assert.Contains("接 0007", Text(hello!.Value.GetProperty("text"), "content"), StringComparison.Ordinal);
        Assert.Null(await _host.Ask(Message("E2", """ "msgtype":"event","event":{"eventtype":"feedback_event","feedback_event":{"id":"FB1","type":1}}""")));
        Assert.Null(await _host.Ask("""{"msgtype":"text","text":{"content":"谁?"}}"""));
    }

    [Fact]
    public async Task A_late_answer_is_posted_to_the_address_that_came_with_the_question()
    {
        var gate = new TaskCompletionSource<StaffAnswer>();
        _host.Desk.Answer = _ => gate.Task;
        var code = _host.Platform.NewResponseCode();
        var push = _host.Ask(Message("M1", """ "msgtype":"text","text":{"content":"我的"}""", responseUrl: $"{_host.Platform.BaseUrl}/cgi-bin/aibot/response?response_code={code}"));
        await Until(() => !_host.Desk.Words.IsEmpty);
        await WaitOut(push);
        Assert.Null(await push);
        gate.SetResult(new StaffAnswer("两件"));
        await Until(() => !_host.Platform.BotAnswers.IsEmpty);
        var later = _host.Platform.BotAnswers.Single();
        Assert.Equal((code, "两件"), (later.Where, Text(later.Body.GetProperty("markdown"), "content")));
    }

    [Fact]
    public async Task A_late_answer_goes_nowhere_else_than_to_the_platform()
    {
        var gate = new TaskCompletionSource<StaffAnswer>();
        _host.Desk.Answer = _ => gate.Task;
        await using var elsewhere = await FakeWeCom.Start("wwother", _host.Time);
        var push = _host.Ask(Message("M1", """ "msgtype":"text","text":{"content":"我的"}""", responseUrl: $"{elsewhere.BaseUrl}/cgi-bin/aibot/response?response_code=RC1"));
        await Until(() => !_host.Desk.Words.IsEmpty);
        await WaitOut(push);
        gate.SetResult(new StaffAnswer("两件"));
        // The next question is answered: by then the late one has been dealt with.
        _host.Desk.Answer = words => Task.FromResult(new StaffAnswer(words));
        await _host.Ask(Message("M2", """ "msgtype":"text","text":{"content":"未接"}"""));
        Assert.Empty(elsewhere.Calls);
    }

    private static StaffCard Card(bool open) => new("260302-0001", 3, Guid.Empty, "问题上报 260302-0001", "/staff/cases/260302-0001")
    {
        Lines = [new CardLine("位置", "翠湖苑3栋2单元门口的那一盏路灯下面再往里走一点点的地方"), new CardLine("期限", "3月5日（周四）下午6点")],
        Buttons = open ? [new CardButton("接单", "claim:260302-0001")] : [],
        Done = open ? "" : "已由网格员 王接单",
    };

    private static string Message(string id, string content, bool group = false, string responseUrl = "") =>
        $$"""{"msgid":"{{id}}","aibotid":"AIBOT1","chattype":"{{(group ? "group" : "single")}}",{{(group ? "\"chatid\":\"CHAT1\"," : "")}}"from":{"userid":"WangWei"},"response_url":"{{responseUrl}}",{{content}}}""";

    private static string Tap(string user, string id) => Message(
        id, """ "msgtype":"event","event":{"eventtype":"template_card_event","template_card_event":{"card_type":"button_interaction","event_key":"claim:260302-0001","task_id":"260302-0001_v3"}}""", group: true)
        .Replace("WangWei", user, StringComparison.Ordinal);

    private async Task WaitOut(Task push)
    {
        while (!push.IsCompleted)
        {
            _host.Time.Advance(TimeSpan.FromSeconds(4.5));
            await Task.WhenAny(push, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System));
        }
    }

    private static string Text(JsonElement? json, string name) => json!.Value.GetProperty(name).GetString()!;

    private static async Task Until(Func<bool> condition)
    {
        for (var i = 0; i < 500 && !condition(); i++) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        Assert.True(condition());
    }
}
