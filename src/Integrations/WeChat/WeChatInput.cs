using System.Text;
using System.Text.RegularExpressions;
using WuShe.Dialogs;
using WuShe.Services.Common;

namespace WuShe.Integrations.WeChat;

/// <summary>Reads a WeChat message as what the engine understands.</summary>
public static partial class WeChatInput
{
    /// <summary>The input; null for what is only acknowledged (unknown types and events, menu links, position reports).</summary>
    public static async ValueTask<Input?> From(WeChatMessage message, ConversationId from, string account, IInboundMedia media, CancellationToken ct)
    {
        switch (message.MsgType)
        {
            case "text":
                return Input.Say(Clean(message.Content));
            case "voice":
                var heard = Clean(message.Recognition);
                return string.IsNullOrWhiteSpace(heard) ? Unusable("语音") : Input.Say(heard);
            case "image":
                return message.MediaId is { Length: > 0 } picture
                    ? new Input { Attachments = [await media.Expect(from, $"wechat:{account}:{picture}", ct)] }
                    : Unusable("图片");
            case "location":
                return message is { Latitude: >= -90 and <= 90, Longitude: >= -180 and <= 180 }
                    ? new Input { Location = new(new GeoPoint(message.Latitude.Value, message.Longitude.Value, Datum.Gcj02), Clean(message.Label)) }
                    : Unusable("位置");
            case "link":
                return Input.Say(Clean($"{message.Title}\n{message.Url}").Trim());
            case "video" or "shortvideo":
                return Unusable("视频");
            case "file":
                return Unusable("文件");
            case "event":
                return FromEvent(message);
            default:
                return null;
        }
    }

    private static Input? FromEvent(WeChatMessage message) => message.Event switch
    {
        "subscribe" or "scan" => message.Scene is { } scene && SceneOfDialog().Match(scene) is { Success: true } match
            ? Input.Open(match.Groups[1].Value, match.Groups[2].Value is { Length: > 0 } argument ? argument : null)
            : Input.Join(),
        "click" when DialogName().IsMatch(message.EventKey) => Input.Open(message.EventKey),
        "click" when SceneOfDialog().Match(message.EventKey) is { Success: true } key => Input.Open(key.Groups[1].Value, key.Groups[2].Value),
        "click" when message.EventKey.Length > 0 => Input.Say(Clean(message.EventKey)),
        _ => null,
    };

    private static Input Unusable(string kind) => new() { Kind = InputKind.Unusable, Text = kind };

    /// <summary>Without control characters (line breaks stay) and without halves of surrogate pairs.</summary>
    internal static string Clean(string text)
    {
        var dirty = false;
        foreach (var c in text)
            if (dirty = IsDirty(c)) break;
        if (!dirty) return text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (!(rune.IsBmp && IsDirty((char)rune.Value)) && rune != Rune.ReplacementChar) clean.Append(rune.ToString());
        return clean.ToString();
    }

    private static bool IsDirty(char c) => (char.IsControl(c) && c is not '\n' and not '\t') || char.IsSurrogate(c) || c == '\uFFFD';

    /// <summary>Menu keys that open a dialog bear its name.</summary>
    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*\\z")]
    private static partial Regex DialogName();

    /// <summary>Scenes that open a dialog read <c>dialog:argument</c>; every other scene is somebody else's numbering.</summary>
    [GeneratedRegex("^([a-z][a-z0-9]*(?:-[a-z0-9]+)*):(.*)\\z")]
    private static partial Regex SceneOfDialog();
}
