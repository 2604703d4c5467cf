using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;

namespace WuShe.Integrations.WeChat;

/// <summary>
/// Shows 「对方正在输入」 while something takes longer. Only a courtesy: whatever goes wrong with it, nothing waits for it.
/// </summary>
public sealed partial class WeChatTyping(WeChatApi api, ILogger<WeChatTyping> log)
{
    /// <summary>How long something may take without it.</summary>
    public static readonly TimeSpan After = TimeSpan.FromSeconds(1);

    /// <summary>Returns at once.</summary>
    public void Show(WeChatAccount account, string openId) => _ = Send(account, openId);

    private async Task Send(WeChatAccount account, string openId)
    {
        try
        {
            await api.Post(account, WeChatApis.Typing, new WeChatTypingCommand(openId, "Typing"), WeChatTypingJson.Default.WeChatTypingCommand, CancellationToken.None);
        }
#pragma warning disable CA1031 // The last place that sees it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            NotShown(account.Name, failure.GetType().Name);
        }
    }

    [LoggerMessage(3122, LogLevel.Debug, "The typing hint of the WeChat account {Account} could not be shown ({Problem})")]
    private partial void NotShown(string account, string problem);
}

internal sealed record WeChatTypingCommand([property: JsonPropertyName("touser")] string To, [property: JsonPropertyName("command")] string Command);

[JsonSerializable(typeof(WeChatTypingCommand))]
internal sealed partial class WeChatTypingJson : JsonSerializerContext;
