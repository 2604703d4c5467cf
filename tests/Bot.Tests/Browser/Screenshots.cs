using Microsoft.Playwright;

namespace WuShe.Bot.Tests.Browser;

/// <summary>Pictures of pages: into docs/images when WUSHE_SCREENSHOTS is 1 (the README shows them), else into TestResults.</summary>
public static class Screenshots
{
    private static readonly string Folder = Directory.CreateDirectory(
        Environment.GetEnvironmentVariable("WUSHE_SCREENSHOTS") == "1"
            ? Path.Combine(Repository.Root, "docs", "images")
            : Path.Combine(Repository.TestResults, "screenshots")).FullName;

    /// <summary>Takes <paramref name="name"/>.png of what the window shows, or of the whole page.</summary>
    public static Task Take(IPage page, string name, bool wholePage = false) => page.ScreenshotAsync(new()
    {
        Path = Path.Combine(Folder, name + ".png"),
        FullPage = wholePage,
        Animations = ScreenshotAnimations.Disabled,
    });
}
