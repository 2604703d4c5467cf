using Microsoft.Playwright;

namespace WuShe.Bot.Tests.Browser;

/// <summary>Tests that drive the system's Chromium share one browser and run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<BrowserFixture>
{
    public const string Name = "browser";
}

/// <summary>
/// The system's Chromium (path in WUSHE_TEST_BROWSER), driven by Microsoft.Playwright, whose driver comes in the NuGet package:
/// nothing is downloaded.
/// </summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string? Chromium = Environment.GetEnvironmentVariable("WUSHE_TEST_BROWSER");
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>Skips the test where no browser is named. Call it first.</summary>
    public static void Needed() =>
        Skip.If(string.IsNullOrEmpty(Chromium), "WUSHE_TEST_BROWSER is not set: it names the Chromium that browser tests drive, e.g. /usr/bin/chromium.");

    /// <summary>A browser of somebody else: own cookies and storage, Chinese, Beijing time, no permissions.</summary>
    public Task<IBrowserContext> NewPerson(Window? window = null, bool script = true)
    {
        Needed();
        var (width, height, touch) = window ?? Window.Phone;
        return browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            HasTouch = touch,
            IsMobile = touch,
            JavaScriptEnabled = script,
            Locale = "zh-CN",
            TimezoneId = "Asia/Shanghai",
        });
    }

    /// <summary>Opens <c>/chat</c> as a new resident.</summary>
    public async Task<ResidentChat> NewResident(RunningBot bot, Window? window = null) =>
        await ResidentChat.Open(await NewPerson(window), new Uri(bot.Address, "chat"));

    public async Task InitializeAsync()
    {
        if (string.IsNullOrEmpty(Chromium))
            return;
        playwright = await Playwright.CreateAsync();
        // Machines that run the tests are busy: five seconds, the default, is what a page may take there.
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--no-first-run",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }
}

/// <summary>The size of a browser window in CSS pixels, and whether it is a phone's with a touch screen.</summary>
public sealed record Window(int Width, int Height, bool Touch)
{
    public static Window Phone { get; } = new(390, 844, true);
    public static Window SmallPhone { get; } = new(320, 568, true);
    public static Window Desktop { get; } = new(1280, 800, false);
}
