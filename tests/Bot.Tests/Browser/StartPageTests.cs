using Microsoft.Playwright;
using WuShe.Bot.Tests.Browser.Fakes;

namespace WuShe.Bot.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class StartPageTests(BrowserFixture browser)
{
    [SkippableTheory]
    [InlineData(320, 568, true)]
    [InlineData(390, 844, true)]
    [InlineData(1280, 800, false)]
    public async Task Fits_the_window_and_passes_axe(int width, int height, bool touch)
    {
        BrowserFixture.Needed();
        await using var bot = await FakeBot.Start();
        await using var person = await browser.NewPerson(new(width, height, touch));
        var page = await person.NewPageAsync();
        await page.GotoAsync(bot.Root.AbsoluteUri);
        await Screenshots.Take(page, $"start-{width}", wholePage: true);
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await Accessibility.HasNoSeriousViolation(page);
    }

    [SkippableFact]
    public async Task Leads_to_the_chat_and_to_the_emergency_numbers()
    {
        BrowserFixture.Needed();
        await using var bot = await FakeBot.Start();
        await using var person = await browser.NewPerson();
        var page = await person.NewPageAsync();
        await page.GotoAsync(bot.Root.AbsoluteUri);
        Assert.Equal(["tel:110", "tel:119", "tel:120"],
            await page.Locator("a[href^='tel:']").EvaluateAllAsync<string[]>("links => links.map(a => a.getAttribute('href'))"));
        await page.GetByRole(AriaRole.Link, new() { Name = "开始聊天" }).ClickAsync();
        await page.WaitForURLAsync(bot.Chat.AbsoluteUri);
    }
}
