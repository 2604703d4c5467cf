using Microsoft.Playwright;

namespace WuShe.Bot.Tests.Browser;

/// <summary>Pictures of pages. They go to TestResults; those for the README go to docs/images when WUSHE_SCREENSHOTS is 1.</summary>
public static class Screenshots
{
    private static readonly bool Publishing = Environment.GetEnvironmentVariable("WUSHE_SCREENSHOTS") == "1";

    /// <summary>Takes <paramref name="name"/>.png of what the window shows, or of the whole page.</summary>
    public static Task Take(IPage page, string name, bool wholePage = false, bool forReadme = false) => page.ScreenshotAsync(new()
    {
        Path = Path.Combine(
            forReadme && Publishing ? Path.Combine(Repository.Root, "docs", "images") : Path.Combine(Repository.TestResults, "screenshots"),
            name + ".png"),
        FullPage = wholePage,
        Animations = ScreenshotAnimations.Disabled,
    });
}
