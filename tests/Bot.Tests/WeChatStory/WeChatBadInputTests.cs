using System.Net;
using System.Text;
using WuShe.Bot.Tests.Browser;

namespace WuShe.Bot.Tests.WeChatStory;

/// <summary>What bad input gets on WeChat, from outside: the single refusals are tested at the endpoint.</summary>
public sealed class WeChatBadInputTests
{
    [Fact]
    public async Task Long_and_strange_words_are_cut_cleaned_and_the_person_is_told()
    {
        await using var world = await WeChatWorld.Start();
        var resident = world.NewPerson();
        var answer = await resident.Say("3栋2单元楼道灯坏了" + string.Concat(Enumerable.Repeat("很久😀", 3_400)));
        Assert.Contains("您的话太长了，只看了前 4000 个字", answer, StringComparison.Ordinal);
        Assert.Contains("照片", answer, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(answer), 1, 2048);
        Assert.DoesNotContain('\uFFFD', answer);
        var summary = await resident.Say("没有照片");
        Assert.Contains("3栋2单元楼道灯坏了", summary, StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', summary);
        Assert.Contains("收到了，编号", await resident.Say("1"), StringComparison.Ordinal);

        var other = world.NewPerson();
        await other.Do("CLICK", "report-problem");
        // Control characters, half a surrogate pair as a character reference, a CDATA end, markup, and nothing else.
        await other.Send("text", "<Content>5栋\u0001的电梯]]&gt;&lt;b&gt;😀&#xD83D;坏了\u202E</Content>");
        Assert.Contains("情况：5栋的电梯]]><b>😀坏了", await other.Say("没有照片"), StringComparison.Ordinal);
        Assert.NotEmpty(await other.Send("text", "<Content></Content>"));
        Assert.NotEmpty(await other.Send("text", "<Content><![CDATA[👍]]></Content>"));
    }

    [Fact]
    public async Task An_image_that_is_none_is_told_and_nothing_is_stored()
    {
        await using var world = await WeChatWorld.Start();
        var resident = world.NewPerson();
        await resident.Say("3栋2单元楼道灯坏了三天了");
        await resident.SendPhoto("<html>not a picture</html>"u8.ToArray());
        await resident.Gets("照片");
        Assert.Empty(Stored(world));

        // The same look finds what is stored.
        await resident.SendPhoto(Pictures.Stairwell);
        for (var i = 0; i < 400 && !Stored(world).Any(); i++) await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        Assert.NotEmpty(Stored(world));
    }

    private static IEnumerable<string> Stored(WeChatWorld world) =>
        Directory.EnumerateFiles(Path.Combine(world.Bot.DataDirectory, "files"), "*", SearchOption.AllDirectories);

    [Fact]
    public async Task What_is_not_from_the_platform_is_refused_alike_and_logged_once_without_its_content()
    {
        await using var world = await WeChatWorld.Start();
        var xml = world.Sender.Text("oResident_000000000000000001", "机密的话", 1, 1);
        (string Query, string Body)[] bad =
        [
            ("", xml),
            (world.Push(xml).Query, xml),
            world.Sender.Safe(xml, 1_500_000_000),
            world.Push("<!DOCTYPE xml [<!ENTITY e \"机密的话\">]>" + xml),
            world.Push(xml.Replace("机密的话", new string('机', 25_000), StringComparison.Ordinal)),
        ];
        foreach (var push in bad)
        {
            using var answer = await world.Http.PostAsync(new Uri($"{world.Callback}?{push.Query}"), new StringContent(push.Body));
            Assert.Equal((HttpStatusCode.Forbidden, "forbidden"), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        }
        // Who has the key is the platform: what cannot be read is taken, so that it is not sent again.
        var unread = world.Push("机密的话");
        using var taken = await world.Http.PostAsync(new Uri($"{world.Callback}?{unread.Query}"), new StringContent(unread.Body));
        Assert.Equal((HttpStatusCode.OK, "success"), (taken.StatusCode, await taken.Content.ReadAsStringAsync()));
        using var unknown = await world.Http.PostAsync(new Uri(world.Bot.Address, "wechat/nobody?" + world.Push(xml).Query), new StringContent(xml));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        await world.Bot.Printed("Refused a request to the WeChat callback of main: TooLarge");
        Assert.Equal(bad.Length, world.Bot.Lines.Count(line => line.Contains("Refused a request", StringComparison.Ordinal)));
        Assert.DoesNotContain(world.Bot.Lines, line => line.Contains("机密", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("WeChat:Accounts:main:EncodingAesKey", "short")]
    [InlineData("WeChat:Accounts:main:Token", "")]
    [InlineData("WeChat:Accounts:main:Mode", "Open")]
    [InlineData("WeChat:ReplyWithin", "00:00:09")]
    public async Task A_wrong_setting_stops_the_start_with_one_line_that_names_it(string key, string value)
    {
        var problem = await Assert.ThrowsAsync<InvalidOperationException>(() => WeChatWorld.Start(settings: (key, value)));
        Assert.StartsWith("The service ended with 1.", problem.Message, StringComparison.Ordinal);
        Assert.Contains(key, Assert.Single(problem.Message.Split(Environment.NewLine)[1..], line => line.Length > 0), StringComparison.Ordinal);
    }
}
