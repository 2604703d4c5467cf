using System.Globalization;
using WuShe.Bot.Tests.Browser;
using WuShe.Fakes;
using WuShe.Integrations.WeChat;

namespace WuShe.Bot.Tests.WeChatStory;

/// <summary>The real service as its own process with the account <c>main</c>, and the platform it talks to.</summary>
internal sealed class WeChatWorld : IAsyncDisposable
{
    private const string Token = "QDG6eK";
    private const string Key = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";
    private const string AppId = "wx5823bf96d3bd56c7";
    private const string Secret = "a-secret-of-the-account";
    private int _people;

    private WeChatWorld(WeChatMode mode, FakeWeChat platform, RunningBot bot) => (Mode, Platform, Bot) = (mode, platform, bot);

    public WeChatMode Mode { get; }

    public FakeWeChat Platform { get; }

    public RunningBot Bot { get; }

    public WeChatSender Sender { get; } = new(Token, Key, AppId);

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(30) };

    public string Callback => new Uri(Bot.Address, "wechat/main").AbsoluteUri;

    public static async Task<WeChatWorld> Start(WeChatMode mode = WeChatMode.Safe, params (string, string)[] settings)
    {
        var platform = await FakeWeChat.Start(AppId, Secret);
        try
        {
            return new WeChatWorld(mode, platform, await RunningBot.Start(
            [
                ("WeChat:Accounts:main:AppId", AppId), ("WeChat:Accounts:main:AppSecret", Secret), ("WeChat:Accounts:main:Token", Token),
                ("WeChat:Accounts:main:EncodingAesKey", mode == WeChatMode.Plain ? "" : Key), ("WeChat:Accounts:main:Mode", mode.ToString()),
                ("WeChat:Accounts:main:ApiBaseUrl", platform.BaseUrl),
                // Its people report the same at the same door, and are not asked whether they would rather follow a neighbour's.
                ("Cases:NearbyDays", "0"), .. settings,
            ]));
        }
        catch
        {
            await platform.DisposeAsync();
            throw;
        }
    }

    public WeChatPerson NewPerson() =>
        new(this, "oResident_" + Interlocked.Increment(ref _people).ToString("D18", CultureInfo.InvariantCulture));

    /// <summary>A push as this account's mode sends it, made anew: other ciphertext, other nonce, the same message.</summary>
    public (string Query, string Body) Push(string xml)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var nonce = Random.Shared.Next(1_000_000, int.MaxValue).ToString(CultureInfo.InvariantCulture);
        return Mode switch
        {
            WeChatMode.Plain => Sender.Plain(xml, now, nonce),
            WeChatMode.Compatible => Sender.Compatible(xml, now, nonce),
            _ => Sender.Safe(xml, now, nonce),
        };
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Bot.DisposeAsync();
        await Platform.DisposeAsync();
    }
}
