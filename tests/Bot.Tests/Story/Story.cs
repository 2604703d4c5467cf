using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using WuShe.Bot.Tests.Browser;

namespace WuShe.Bot.Tests.Story;

/// <summary>
/// The main job as people live it, in two browsers against the real service: a resident reports and sees it through, a grid
/// worker deals with it. Each step leaves the pages open; what a step expects is what the person reads.
/// </summary>
public sealed partial class Story(RunningBot bot, BrowserFixture browser) : IAsyncDisposable
{
    /// <summary>A killed service is back within seconds; Web Chat tries again after up to 15 s.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>What an open page may take to show what has just happened elsewhere, on a busy machine.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(5);
    private ResidentChat? _resident;
    private IPage? _worker;

    /// <summary>Every step, in order, by name.</summary>
    public IReadOnlyList<(string Name, Func<Task> Go)> Steps =>
    [
        ("the resident is greeted", Greeted),
        ("the worker signs in", SignedIn),
        ("the resident says what is wrong", Said),
        ("the resident sends a photo", Photographed),
        ("the resident confirms", Confirmed),
        ("the worker opens the case", Opened),
        ("the worker claims it", Claimed),
        ("the worker writes a note", Noted),
        ("the resident asks how it goes", Asked),
        ("the worker closes it with a photo", Closed),
        ("the resident is asked and is not satisfied", Rated),
        ("the case is open again", Reopened),
    ];

    public string Number { get; private set; } = "";

    public ResidentChat Resident => _resident!;

    private IPage Worker => _worker!;

    /// <summary>After the service was killed the console's page is loaded again, as a person would; the chat finds back by itself.</summary>
    public async Task WorkerReloads()
    {
        if (_worker is null) return;
        try
        {
            await _worker.ReloadAsync();
        }
        catch (PlaywrightException)
        {
            // The page has just reloaded itself, since its connection was gone: the two got in each other's way.
            await _worker.ReloadAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_resident is not null) await _resident.DisposeAsync();
        if (_worker is not null) await _worker.Context.DisposeAsync();
    }

    private async Task Greeted()
    {
        _resident = await browser.NewResident(bot);
        await Resident.WaitForBotText("您好", Patience);
    }

    private async Task SignedIn()
    {
        _worker = await (await browser.NewPerson(Window.Desktop)).NewPageAsync();
        _worker.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        await Worker.GotoAsync(await bot.LinkFor("wang"));
        await Worker.GetByTestId("enter").ClickAsync();
        await Assertions.Expect(Worker.GetByTestId("staff-name")).ToContainTextAsync("王");
    }

    private async Task Said()
    {
        await Resident.Say("3栋2单元楼道灯坏了三天了");
        await Resident.WaitForBotText("照片", Patience);
    }

    private async Task Photographed()
    {
        await Resident.Upload("楼道.jpg", Pictures.Stairwell);
        var summary = await Resident.WaitForBotText("请您核对", Patience);
        Assert.Contains("公共照明", summary, StringComparison.Ordinal);
        Assert.Contains("3栋", summary, StringComparison.Ordinal);
        Assert.Contains("照片：1 张", summary, StringComparison.Ordinal);
    }

    private async Task Confirmed()
    {
        // The inbox has been open since the worker signed in, and is not touched: the mark would not outlive a reload.
        await Worker.Locator("main[data-live=true]").WaitForAsync();
        Assert.Equal("/staff", new Uri(Worker.Url).AbsolutePath);
        await Worker.EvaluateAsync("window.untouched = true");
        await Resident.Tap("确认提交");
        var receipt = await Resident.WaitForBotText("收到了，编号", Patience);
        Assert.Contains("王", receipt, StringComparison.Ordinal);
        Number = CaseNumber().Match(receipt).Value;
        Assert.NotEmpty(Number);
        // Whoever does not scroll must see the newest words all the same.
        await Assertions.Expect(Resident.Page.GetByText("收到了，编号").First).ToBeInViewportAsync(new() { Timeout = (float)Patience.TotalMilliseconds });
        await Resident.Screenshot("chat", forReadme: true);
        await Assertions.Expect(Row()).ToBeVisibleAsync(new() { Timeout = (float)AtOnce.TotalMilliseconds });
        Assert.True(await Worker.EvaluateAsync<bool>("window.untouched === true"));
    }

    private async Task Opened()
    {
        await Picture("console-inbox");
        await OpenCase();
        await Assertions.Expect(Worker.GetByTestId("case-words")).ToContainTextAsync("楼道灯坏了三天了");
        await Assertions.Expect(Worker.GetByTestId("picture").First).ToBeVisibleAsync();
        await Worker.Locator("[data-testid=map][data-drawn=true]").WaitForAsync();
    }

    private async Task Claimed()
    {
        await OpenCase();
        await Worker.GetByTestId("claim").ClickAsync();
        await Done();
        await Resident.WaitForBotText("接单", Patience);
    }

    private async Task Noted()
    {
        await OpenCase();
        await Worker.GetByTestId("write-note").ClickAsync();
        await Worker.GetByTestId("note").FillAsync("已联系电工，今天下午来换灯。");
        await Worker.GetByTestId("send").ClickAsync();
        await Done();
        await Resident.WaitForBotText("今天下午来换灯", Patience);
        await Picture("console-case");
    }

    private async Task Asked()
    {
        await Resident.Say("查进度");
        await Resident.WaitForBotText(Number, Patience);
    }

    private async Task Closed()
    {
        await OpenCase();
        await Worker.GetByTestId("write-close").ClickAsync();
        await Worker.GetByTestId("note").FillAsync("灯泡已换，请您晚上看看亮不亮。");
        await ConsolePictures.Choose(Worker, new FilePayload { Name = "after.jpg", MimeType = "image/jpeg", Buffer = Pictures.Stairwell });
        await Worker.GetByTestId("send").ClickAsync();
        await Done();
        await Resident.WaitForBotText("灯泡已换", Patience);
    }

    private async Task Rated()
    {
        await Resident.WaitForBotText("您满意吗", Patience);
        await Resident.Tap("不满意");
        await Resident.WaitForBotText("哪里不对", Patience);
        await Resident.Say("晚上还是不亮");
        await Resident.WaitForBotText("已重新办理", Patience);
        await Resident.Screenshot("chat-reopened");
    }

    private async Task Reopened()
    {
        await OpenCase();
        await Assertions.Expect(Worker.GetByTestId("timeline")).ToContainTextAsync("晚上还是不亮");
        await Assertions.Expect(Worker.GetByTestId("reopened")).ToBeVisibleAsync();
        await Picture("console-reopened");
    }

    private async Task Picture(string name)
    {
        await Worker.EvaluateAsync("scrollTo(0, 0)");
        await Screenshots.Take(Worker, name, forReadme: true);
    }

    private ILocator Row() => Worker.Locator($"[data-testid=case-row][data-number='{Number}']");

    private async Task OpenCase()
    {
        var address = new Uri(bot.Address, $"staff/cases/{Number}").AbsoluteUri;
        if (Worker.Url != address) await Worker.GotoAsync(address);
        await Assertions.Expect(Worker.GetByTestId("case-number")).ToContainTextAsync(Number);
        // Buttons answer once the page is live; a reload after a kill starts it anew.
        await Worker.Locator("main[data-live=true]").WaitForAsync();
    }

    private async Task Done() => await Assertions.Expect(Worker.GetByTestId("outcome")).ToHaveAttributeAsync("data-result", "Done");

    [GeneratedRegex(@"\d{6}-\d{4,}")]
    private static partial Regex CaseNumber();
}
