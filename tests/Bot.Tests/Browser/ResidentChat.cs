using Microsoft.Playwright;

namespace WuShe.Bot.Tests.Browser;

/// <summary>A resident in front of the stock Web Chat: says, taps, sends pictures, reads.</summary>
public sealed class ResidentChat : IAsyncDisposable
{
    private const float Patience = 20_000;
    private readonly List<string> errors = [];
    private int read;

    private ResidentChat(IBrowserContext context, IPage page)
    {
        Context = context;
        Page = page;
        // What a Content-Security-Policy refuses is written to the console as an error, too.
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                errors.Add(message.Text);
        };
        page.PageError += (_, error) => errors.Add(error);
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; private set; }

    /// <summary>Errors in the browser's console so far, among them everything that the security headers refused.</summary>
    public IReadOnlyList<string> Errors => errors;

    private ILocator SendBox => Page.Locator("#chat textarea").First;

    internal static async Task<ResidentChat> Open(IBrowserContext context, Uri chat)
    {
        var opened = new ResidentChat(context, await context.NewPageAsync());
        await opened.Page.GotoAsync(chat.AbsoluteUri);
        return opened;
    }

    /// <summary>Types and sends.</summary>
    public async Task Say(string text)
    {
        await SendBox.FillAsync(text);
        await SendBox.PressAsync("Enter");
    }

    /// <summary>Waits until the box to type in holds <paramref name="text"/>.</summary>
    public Task WaitForSendBox(string text) => Assertions.Expect(SendBox).ToHaveValueAsync(text, new() { Timeout = Patience });

    /// <summary>Presses a button under the bot's last message or inside a card.</summary>
    public Task Tap(string option) =>
        Page.Locator("#chat").GetByRole(AriaRole.Button, new() { Name = option, Exact = true }).Last.ClickAsync(new() { Timeout = Patience });

    /// <summary>Picks a picture, which sends it.</summary>
    public Task Upload(string name, byte[] content, string mimeType = "image/jpeg") =>
        Page.Locator("#chat input[type=file]").First
            .SetInputFilesAsync(new FilePayload { Name = name, MimeType = mimeType, Buffer = content });

    /// <summary>Waits until the resident sees this many pictures in the chat, fully loaded.</summary>
    public Task WaitForPictures(int count) => Page.WaitForFunctionAsync(
        "count => [...document.querySelectorAll('#chat article img')].filter(i => i.complete && i.naturalWidth > 0).length === count",
        count, new() { Timeout = Patience });

    /// <summary>Presses 发位置 as somebody who is there and allows it. WGS-84 degrees.</summary>
    public async Task SendPlace(double latitude, double longitude)
    {
        await Context.GrantPermissionsAsync(["geolocation"]);
        await Context.SetGeolocationAsync(new() { Latitude = (float)latitude, Longitude = (float)longitude, Accuracy = 20 });
        await Page.GetByRole(AriaRole.Button, new() { Name = "发位置" }).ClickAsync();
    }

    /// <summary>
    /// The next message of the bot, after the ones that earlier calls returned, that has <paramref name="part"/> in it; waits for it.
    /// Messages in between are passed over. Reloading changes nothing, because the history is played back in the same order.
    /// </summary>
    public async Task<string> WaitForBotText(string part, TimeSpan? within = null)
    {
        try
        {
            var found = await Page.WaitForFunctionAsync(
                $$"""
                ([part, from]) => {
                  const said = [...document.querySelectorAll('{{BotBubbles}}')].map(b => b.innerText);
                  const at = said.findIndex((text, i) => i >= from && text.includes(part));
                  return at < 0 ? null : [at, said[at]];
                }
                """,
                new object[] { part, read },
                new() { Timeout = (float?)within?.TotalMilliseconds ?? Patience });
            var answer = await found.JsonValueAsync<System.Text.Json.JsonElement>();
            read = answer[0].GetInt32() + 1;
            return answer[1].GetString()!.Trim();
        }
        catch (TimeoutException)
        {
            throw new InvalidOperationException(
                $"The bot did not say 「{part}」 after message {read}. It said:{Environment.NewLine}{string.Join(Environment.NewLine, await BotTexts())}"
                + $"{Environment.NewLine}Errors: {string.Join(Environment.NewLine, errors)}");
        }
    }

    private const string BotBubbles = ".webchat__stacked-layout:not(.webchat__stacked-layout--from-user) .webchat__stacked-layout__message";

    /// <summary>All that the bot has said in this conversation, oldest first.</summary>
    public Task<string[]> BotTexts() => Texts(BotBubbles);

    /// <summary>All that the resident has said, oldest first; pictures have no text.</summary>
    public Task<string[]> OwnTexts() => Texts(".webchat__stacked-layout--from-user .webchat__stacked-layout__message");

    /// <summary>Loads the page anew, as the same resident.</summary>
    public Task Reload() => Page.ReloadAsync();

    /// <summary>Closes the tab and opens the chat in a new one, as the same resident.</summary>
    public async Task Reopen()
    {
        var address = Page.Url;
        await Page.CloseAsync();
        Page = await Context.NewPageAsync();
        await Page.GotoAsync(address);
    }

    public Task Screenshot(string name, bool forReadme = false) => Screenshots.Take(Page, name, forReadme: forReadme);

    public ValueTask DisposeAsync() => Context.DisposeAsync();

    private async Task<string[]> Texts(string selector) =>
        [.. (await Page.Locator(selector).AllInnerTextsAsync()).Select(text => text.Trim())];
}
