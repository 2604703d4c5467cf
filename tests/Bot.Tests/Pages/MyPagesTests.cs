using System.Net;
using System.Text.RegularExpressions;
using WuShe.Bot.Tests.Browser;
using WuShe.Bot.Tests.WeChatStory;

namespace WuShe.Bot.Tests.Pages;

/// <summary>A resident's own pages in the real service, opened inside WeChat and elsewhere.</summary>
public sealed class MyPagesTests
{
    [Fact]
    public async Task A_case_opened_in_wechat_tells_its_story_to_its_resident_and_to_nobody_else()
    {
        await using var world = await WeChatWorld.Start();
        var resident = world.NewPerson();
        await resident.Say("3栋2单元楼道灯坏了三天了");
        await resident.SendPhoto(Pictures.Stairwell);
        var number = WeChatPerson.CaseNumber().Match(await resident.Say("1")).Value;
        var page = $"/my/cases/{number}";

        using var browser = new Visitor(world.Bot.Address);
        var state = await browser.Sent(page);
        var back = await browser.Get($"/my/wechat/main?code={world.Platform.Visitors.Agree(resident.OpenId)}&state={state}");
        Assert.Equal((HttpStatusCode.Redirect, page), (back.Status, back.Location!.OriginalString));
        var (status, html, _) = await browser.Get(page);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains($"<dd>{number}</dd>", html, StringComparison.Ordinal);
        Assert.Contains("您反映了这件事，我们收到了。", html, StringComparison.Ordinal);
        Assert.Contains("已派给网格员 王。", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("<script(?![^>]* src=)|\\son[a-z]+=", html);
        await ShowsPicture(browser, html);

        var (_, list, _) = await browser.Get("/my");
        Assert.Contains($"href=\"my/cases/{number}\"", list, StringComparison.Ordinal);

        // Somebody else gets what an unknown number gets, to the letter.
        using var other = new Visitor(world.Bot.Address);
        await SignIn(world, other, world.NewPerson().OpenId);
        var foreign = await other.Get(page);
        var unknown = await other.Get("/my/cases/990101-9999");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (foreign.Status, unknown.Status));
        Assert.Equal(unknown.Body, foreign.Body);
        Assert.Contains("没有查到这个编号", foreign.Body, StringComparison.Ordinal);
        Assert.Equal(unknown.Body, (await other.Get("/my/cases/" + number[^4..])).Body);
        Assert.DoesNotContain(number, (await other.Get("/my")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_in_works_once_and_in_its_own_browser_and_leads_to_pages_of_ours_only()
    {
        await using var world = await WeChatWorld.Start();
        var openId = world.NewPerson().OpenId;
        using var browser = new Visitor(world.Bot.Address);
        using var other = new Visitor(world.Bot.Address);
        await other.Sent("/my");
        var state = await browser.Sent("/my?to=https://evil.example&account=main");

        // Another browser, a made-up state, no consent, a code that is none: a page with one button, and no cookie.
        await Refused(other, $"/my/wechat/main?code={world.Platform.Visitors.Agree(openId)}&state={state}", HttpStatusCode.BadRequest, "刚才没认出您", "my");
        await Refused(browser, $"/my/wechat/main?code={world.Platform.Visitors.Agree(openId)}&state={state}", HttpStatusCode.BadRequest, "刚才没认出您", "my");
        await Refused(browser, $"/my/wechat/main?code=x&state={new string('0', 32)}", HttpStatusCode.BadRequest, "刚才没认出您", "my");
        await Refused(browser, $"/my/wechat/main?state={await browser.Sent("/my/cases/261128-0001")}", HttpStatusCode.Forbidden, "您没有同意", "my/cases/261128-0001");
        await Refused(browser, $"/my/wechat/main?code=no-code&state={await browser.Sent("/my/cases/261128-0001")}", HttpStatusCode.BadRequest, "刚才没认出您", "my/cases/261128-0001");
        world.Platform.Visitors.FailNext.Enqueue(-1);
        await Refused(browser, $"/my/wechat/main?code=c&state={await browser.Sent("/my/cases/evil.example")}", HttpStatusCode.ServiceUnavailable, "现在打不开", "my");
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"/my/wechat/nobody?code=c&state={state}")).Status);

        var good = await browser.Sent("/my?to=https://evil.example&account=main");
        using var back = await browser.Raw($"/my/wechat/main?code={world.Platform.Visitors.Agree(openId)}&state={good}");
        Assert.Equal("/my?account=main", back.Headers.Location!.OriginalString);
        var cookie = Assert.Single(back.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("wushe-my=", cookie, StringComparison.Ordinal);
        Assert.Contains("max-age=43200; path=/my; samesite=lax; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.True(back.Headers.CacheControl!.NoStore);
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/my?account=main")).Status);
    }

    [Fact]
    public async Task The_web_chats_token_opens_the_same_pages_and_nothing_else_does()
    {
        await using var world = await WeChatWorld.Start();
        using var person = await WebPerson.Open(world.Bot.Address);
        await person.Greeting();
        await person.Say("3栋2单元楼道灯坏了三天了");
        var replies = await person.Say("确认提交");
        if (!WeChatPerson.CaseNumber().IsMatch(string.Concat(replies.Select(reply => reply.Text)))) replies = await person.Say("确认提交");
        var number = WeChatPerson.CaseNumber().Match(string.Concat(replies.Select(reply => reply.Text))).Value;

        using var browser = new Visitor(world.Bot.Address, inWeChat: false);
        var (status, html, _) = await browser.Get($"/my/cases/{number}");
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("请从聊天里打开", html, StringComparison.Ordinal);
        Assert.Matches("<script defer src=\"my[^\"]*\\.js\"></script>", html);
        foreach (var none in new[] { null, "", "forged", person.Token })
        {
            using var refused = await browser.Show(none);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }
        using var shown = await browser.Show(person.Resident);
        Assert.Equal(HttpStatusCode.NoContent, shown.StatusCode);
        (status, html, _) = await browser.Get($"/my/cases/{number}");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("您反映了这件事，我们收到了。", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_account_wechat_itself_is_told_where_to_come_in()
    {
        await using var bot = await RunningBot.Start();
        using var browser = new Visitor(bot.Address);
        var (status, html, _) = await browser.Get("/my/cases/261128-0001?account=main");
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("请从聊天里打开", html, StringComparison.Ordinal);
        Assert.Contains("<a class=\"begin\" href=\"chat\">打开网页聊天</a>", html, StringComparison.Ordinal);
    }

    private static async Task SignIn(WeChatWorld world, Visitor browser, string openId)
    {
        var state = await browser.Sent("/my");
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Get($"/my/wechat/main?code={world.Platform.Visitors.Agree(openId)}&state={state}")).Status);
    }

    private static async Task Refused(Visitor browser, string address, HttpStatusCode status, string words, string button)
    {
        using var answer = await browser.Raw(address);
        var html = await Visitor.Html(answer);
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(words, html, StringComparison.Ordinal);
        Assert.Contains($"<a class=\"begin\" href=\"{button}\">再试一次</a>", html, StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    private static async Task ShowsPicture(Visitor browser, string html)
    {
        var address = WebUtility.HtmlDecode(Regex.Match(html, "<img src=\"(files/[^\"]+)\" alt=\"照片 1\"").Groups[1].Value);
        // It is fetched from the platform beside the conversation.
        for (var i = 0; i < 400; i++)
        {
            using var picture = await browser.Raw("/" + address);
            if (picture.StatusCode == HttpStatusCode.OK)
            {
                Assert.Equal("image/jpeg", picture.Content.Headers.ContentType!.MediaType);
                return;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
        Assert.Fail("The picture did not come.");
    }
}
