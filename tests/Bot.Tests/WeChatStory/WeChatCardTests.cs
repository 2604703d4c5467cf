namespace WuShe.Bot.Tests.WeChatStory;

/// <summary>A case is shown as a card that leads to its page, where the service has a public address.</summary>
public sealed class WeChatCardTests
{
    [Fact]
    public async Task An_opened_case_and_one_that_is_asked_for_are_cards_that_lead_to_the_page()
    {
        await using var world = await WeChatWorld.Start(settings: ("PublicUrl", "https://shequ.example"));
        var resident = world.NewPerson();
        await resident.Say("3栋2单元楼道灯坏了三天了");
        var asked = await resident.Say("没有");
        if (!asked.Contains("确认提交", StringComparison.Ordinal)) asked = await resident.Say("没有");
        Assert.Contains("确认提交", asked, StringComparison.Ordinal);
        var opened = await resident.Say("1");
        var number = WeChatPerson.CaseNumber().Match(opened).Value;
        Assert.Matches($"^收到了，编号 {number}\n由网格员 王负责，\\d+月\\d+日（周.）前给您答复。点开看进展。\nhttps://shequ.example/my/cases/{number}\\?account=main$", opened);
        // The same again when the platform repeats the push.
        Assert.Equal(opened, await resident.Again());
        Assert.Matches($"^公共照明：.*\n编号 {number}，现在：等人接手。点开看经过。\nhttps://shequ.example/my/cases/{number}\\?account=main$", await resident.Say("查进度"));
        // What is only said again, and what has no page, stays text.
        Assert.StartsWith("没有查到这个编号", await resident.Say("查进度 990101-9999"), StringComparison.Ordinal);
        Assert.Empty(resident.Received);
    }
}
