using WuShe.Bot.Tests.Browser;
using WuShe.Integrations.WeChat;

namespace WuShe.Bot.Tests.WeChatStory;

/// <summary>What a resident can send on WeChat and what comes back, against the real service.</summary>
public sealed class WeChatReportTests
{
    [Theory]
    [InlineData("Safe")]
    [InlineData("Compatible")]
    [InlineData("Plain")]
    public async Task A_report_with_photo_gets_its_number_in_the_direct_answer(string mode)
    {
        await using var world = await WeChatWorld.Start(Enum.Parse<WeChatMode>(mode));
        var resident = world.NewPerson();
        var greeting = await resident.Do("subscribe");
        Assert.StartsWith("您好", greeting, StringComparison.Ordinal);
        Assert.Contains("1. 问题上报", greeting, StringComparison.Ordinal);
        Assert.Contains("照片", await resident.Say("3栋2单元楼道灯坏了三天了"), StringComparison.Ordinal);
        var summary = await resident.SendPhoto(Pictures.Stairwell);
        Assert.Contains("类别：公共照明\n位置：翠湖苑3栋2单元", summary, StringComparison.Ordinal);
        Assert.Contains("照片：1 张", summary, StringComparison.Ordinal);
        Assert.EndsWith("1. 确认提交\n2. 我要修改\n3. 取消\n（回复数字就行）", summary, StringComparison.Ordinal);
        var receipt = await resident.Say("1");
        Assert.Matches(@"^收到了，编号 \d{6}-\d{4}。\n由网格员 王负责，", receipt);
        Assert.Equal([WeChatPerson.CaseNumber().Match(receipt).Value], await resident.Cases());
        // The picture is fetched from the platform, beside the conversation.
        await Eventually(() => world.Platform.Calls.Contains("GET /cgi-bin/media/get"));
        Assert.Empty(resident.Received);
    }

    [Fact]
    public async Task Every_kind_of_message_is_understood_or_answered()
    {
        await using var world = await WeChatWorld.Start();
        var resident = world.NewPerson();
        Assert.StartsWith("您好", await resident.Do("subscribe", "qrscene_1000"), StringComparison.Ordinal);
        Assert.Equal("", await resident.Do("SCAN", "1000"));
        Assert.Contains("什么问题", await resident.Do("CLICK", "report-problem"), StringComparison.Ordinal);
        Assert.Contains("语音我看不了，请用文字说一下", await resident.Speak(""), StringComparison.Ordinal);
        Assert.Contains("视频我看不了", await resident.Send("video", "<MediaId><![CDATA[v1]]></MediaId>"), StringComparison.Ordinal);
        Assert.Contains("什么位置", await resident.Speak("路灯不亮了。"), StringComparison.Ordinal);
        // A GPS receiver shows 29.5011, 106.5065 there, in 梧桐第一网格; taken for WGS-84 what WeChat sends would lie in no grid.
        Assert.Contains("位置：梧桐路口", await resident.SendLocation(29.498345, 106.510326, "梧桐路口"), StringComparison.Ordinal);
        Assert.Contains("由网格员 赵负责", await resident.Say("确认提交"), StringComparison.Ordinal);
        Assert.NotEmpty(await resident.Send("link", "<Title><![CDATA[通知]]></Title><Description>d</Description><Url><![CDATA[https://example.org/1]]></Url>"));
        Assert.Contains("什么问题", await resident.Do("SCAN", "report-problem:b12"), StringComparison.Ordinal);
        Assert.Contains("不办了", await resident.Say("取消"), StringComparison.Ordinal);
        foreach (var happening in new[] { "VIEW", "LOCATION", "TEMPLATESENDJOBFINISH", "something_new" })
            Assert.Equal("", await resident.Do(happening, "https://example.org"));
        Assert.Equal("", await resident.Do("unsubscribe"));
        Assert.Empty(resident.Received);
    }

    [Fact]
    public async Task What_was_refused_while_the_window_was_closed_comes_when_the_person_writes()
    {
        await using var world = await WeChatWorld.Start();
        var resident = world.NewPerson();
        await resident.Say("3栋2单元楼道灯坏了三天了");
        world.Platform.FailNext.Enqueue(45015);
        await resident.SendPhoto("<html>not a picture</html>"u8.ToArray());
        await Eventually(() => world.Platform.FailNext.IsEmpty);
        Assert.Empty(resident.Received);

        // The service notes the platform's no a moment after it was given.
        for (var i = 0; i < 100 && resident.Received.Count == 0; i++)
        {
            await resident.Say("重复");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }
        Assert.Contains("不是照片", Assert.Single(resident.Received).Text, StringComparison.Ordinal);
    }

    private static async Task Eventually(Func<bool> condition)
    {
        for (var i = 0; i < 400 && !condition(); i++) await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        Assert.True(condition());
    }
}
