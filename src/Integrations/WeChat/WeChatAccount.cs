using System.Text;
using WuShe.Integrations.WeChat.Notices;

namespace WuShe.Integrations.WeChat;

/// <summary>One Official Account, ready for use: keys decoded, names made.</summary>
public sealed class WeChatAccount
{
    internal const string Stable = "Stable";
    internal const string Classic = "Classic";

    internal WeChatAccount(string name, WeChatAccountOptions settings)
    {
        Name = name;
        Channel = WeChatAccounts.ChannelPrefix + name;
        AppId = settings.AppId;
        AppSecret = settings.AppSecret;
        Unit = settings.Unit.Trim();
        Mode = ModeOf(settings);
        Token = Encoding.UTF8.GetBytes(settings.Token);
        ClassicToken = settings.TokenKind == Classic;
        IsServiceAccount = settings.ServiceAccount;
        StaffTag = settings.StaffTag;
        Notices = settings.Notices;
        ApiBaseUrl = new Uri(settings.ApiBaseUrl.TrimEnd('/') + '/');
        AuthorizeUrl = new Uri(settings.AuthorizeUrl);
        if (settings.EncodingAesKey.Length > 0) Cipher = new WeChatCipher(settings.EncodingAesKey, AppId);
        if (settings.PreviousEncodingAesKey.Length > 0) PreviousCipher = new WeChatCipher(settings.PreviousEncodingAesKey, AppId);
    }

    public string Name { get; }

    /// <summary>The channel part of its conversations' ids: <c>wechat.{account}</c>.</summary>
    public string Channel { get; }

    public string AppId { get; }

    /// <summary>The unit it speaks for, as the setting says it; empty for everybody's.</summary>
    public string Unit { get; }

    public WeChatMode Mode { get; }

    /// <summary>Where the platform must send its pushes, below the public URL.</summary>
    public string CallbackPath => "/wechat/" + Name;

    /// <summary>Ends with a slash.</summary>
    public Uri ApiBaseUrl { get; }

    /// <summary>Whether choices may be sent that can be tapped.</summary>
    public bool IsServiceAccount { get; }

    /// <summary>The name of the tag that staff have; empty when they have none.</summary>
    public string StaffTag { get; }

    /// <summary>Its forms, by the kind of notice.</summary>
    public IReadOnlyDictionary<string, WeChatNoticeOptions> Notices { get; }

    /// <summary>Where a browser inside WeChat is sent to be recognised; without a query.</summary>
    public Uri AuthorizeUrl { get; }

    internal string AppSecret { get; }

    internal bool ClassicToken { get; }

    internal byte[] Token { get; }

    internal WeChatCipher? Cipher { get; }

    internal WeChatCipher? PreviousCipher { get; }

    internal static WeChatMode ModeOf(WeChatAccountOptions settings) =>
        TryMode(settings.Mode, out var mode) ? mode : settings.EncodingAesKey.Length > 0 ? WeChatMode.Safe : WeChatMode.Plain;

    internal static bool TryMode(string text, out WeChatMode mode) =>
        Enum.TryParse(text, ignoreCase: true, out mode) && Enum.IsDefined(mode) && !char.IsAsciiDigit(text[0]);
}
