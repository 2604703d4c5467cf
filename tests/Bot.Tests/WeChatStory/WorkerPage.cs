using Microsoft.Playwright;
using WuShe.Bot.Tests.Browser;

namespace WuShe.Bot.Tests.WeChatStory;

/// <summary>A worker's browser in the staff console: the steps of a case.</summary>
internal sealed class WorkerPage : IAsyncDisposable
{
    private const float Patience = 60_000;
    private readonly IPage _page;
    private readonly RunningBot _bot;

    private WorkerPage(IPage page, RunningBot bot) => (_page, _bot) = (page, bot);

    public static async Task<WorkerPage> SignIn(BrowserFixture browser, RunningBot bot, string login)
    {
        var page = await (await browser.NewPerson(Window.Desktop)).NewPageAsync();
        page.SetDefaultTimeout(Patience);
        await page.GotoAsync(await bot.LinkFor(login));
        await page.GetByTestId("enter").ClickAsync();
        await Assertions.Expect(page.GetByTestId("staff-name")).ToBeVisibleAsync();
        return new WorkerPage(page, bot);
    }

    public async Task Claim(string number)
    {
        await Open(number);
        await _page.GetByTestId("claim").ClickAsync();
        await Done();
    }

    public async Task Note(string number, string words)
    {
        await Open(number);
        await _page.GetByTestId("write-note").ClickAsync();
        await _page.GetByTestId("note").FillAsync(words);
        await _page.GetByTestId("send").ClickAsync();
        await Done();
    }

    public async Task Close(string number, string words, byte[] picture)
    {
        await Open(number);
        await _page.GetByTestId("write-close").ClickAsync();
        await _page.GetByTestId("note").FillAsync(words);
        await ConsolePictures.Choose(_page, new FilePayload { Name = "after.jpg", MimeType = "image/jpeg", Buffer = picture });
        await _page.GetByTestId("send").ClickAsync();
        await Done();
    }

    public async Task Sees(string number, string place, string words)
    {
        await Open(number);
        await Assertions.Expect(_page.GetByTestId(place)).ToContainTextAsync(words);
    }

    /// <summary>The page shows the case anew: what an open one lost with a killed service is not what is tested here.</summary>
    private async Task Open(string number)
    {
        await _page.GotoAsync(new Uri(_bot.Address, $"staff/cases/{number}").AbsoluteUri);
        await Assertions.Expect(_page.GetByTestId("case-number")).ToContainTextAsync(number);
        await _page.Locator("main[data-live=true]").WaitForAsync();
    }

    public async Task SeesPicture(string number)
    {
        await Open(number);
        await Assertions.Expect(_page.GetByTestId("picture").First).ToBeVisibleAsync();
    }

    public async ValueTask DisposeAsync() => await _page.Context.DisposeAsync();

    private async Task Done() => await Assertions.Expect(_page.GetByTestId("outcome")).ToHaveAttributeAsync("data-result", "Done");
}
