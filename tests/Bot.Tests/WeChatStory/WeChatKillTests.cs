namespace WuShe.Bot.Tests.WeChatStory;

/// <summary>SIGKILL between every two steps of a report on WeChat; each step's push is sent once more after it.</summary>
public sealed class WeChatKillTests
{
    [Fact]
    public async Task Nothing_is_lost_nothing_is_repeated_and_there_is_one_case()
    {
        await using var world = await WeChatWorld.Start();
        var resident = world.NewPerson();
        (Func<Task<string>> Go, string Expected)[] steps =
        [
            (() => resident.Do("subscribe"), "您好"),
            (() => resident.Say("10栋楼下路灯不亮了"), "10栋"),
            (() => resident.Say("2"), "照片"),
            (() => resident.Say("返回"), "10栋"),
            (() => resident.Say("1"), "照片"),
            (() => resident.Say("没有照片"), "位置：翠湖苑10栋"),
            (() => resident.Say("改位置"), "什么位置"),
            (() => resident.Say("翠湖苑3栋2单元"), "位置：翠湖苑3栋2单元"),
            (() => resident.Say("确认提交"), "由网格员 王负责"),
        ];
        var answer = "";
        foreach (var (go, expected) in steps)
        {
            answer = await go();
            Assert.Contains(expected, answer, StringComparison.Ordinal);
            await world.Bot.KillAndRun();
            Assert.Equal(answer, await resident.Again());
        }
        Assert.Equal([WeChatPerson.CaseNumber().Match(answer).Value], await resident.Cases());
        Assert.Empty(resident.Received);
    }
}
