using Microsoft.Playwright;

namespace WuShe.Bot.Tests.Browser;

internal static class ConsolePictures
{
    private const int Tries = 5;

    /// <summary>
    /// Chooses pictures in the console's upload. Blazor listens to the field a moment after it is shown: what is chosen
    /// within that moment, as only a machine can, is chosen again.
    /// </summary>
    public static async Task Choose(IPage page, params FilePayload[] pictures)
    {
        for (var attempt = 1; ; attempt++)
        {
            await page.GetByTestId("picture-input").SetInputFilesAsync(pictures);
            try
            {
                await Assertions.Expect(page.GetByTestId("picture-chosen").First).ToBeVisibleAsync(new() { Timeout = attempt < Tries ? 5_000 : 30_000 });
                return;
            }
            catch (PlaywrightException) when (attempt < Tries)
            {
                await page.GetByTestId("picture-input").SetInputFilesAsync(Array.Empty<FilePayload>());
            }
        }
    }
}
