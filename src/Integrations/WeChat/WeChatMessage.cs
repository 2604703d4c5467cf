using System.Globalization;

namespace WuShe.Integrations.WeChat;

/// <summary>
/// A message or event of an Official Account, typed. Everything the platform sends stays readable in <see cref="Fields"/>;
/// unknown elements disturb nothing.
/// </summary>
public sealed class WeChatMessage(WeChatFields fields)
{
    private const string FollowScene = "qrscene_";

    public WeChatFields Fields { get; } = fields;

    /// <summary>The account's original id, <c>gh_…</c>.</summary>
    public string To => Trimmed("ToUserName") ?? "";

    /// <summary>The person's openid.</summary>
    public string From => Trimmed("FromUserName") ?? "";

    /// <summary>Unix seconds; 0 when absent.</summary>
    public long CreateTime => Integer("CreateTime") ?? 0;

    public string MsgType => Trimmed("MsgType") ?? "";

    /// <summary>The event in lower case (accounts send <c>SCAN</c> and <c>scan</c>); empty on messages.</summary>
    public string Event => Trimmed("Event")?.ToLowerInvariant() ?? "";

    public bool IsEvent => MsgType == "event";

    public string EventKey => Trimmed("EventKey") ?? "";

    /// <summary>Both spellings occur.</summary>
    public string? MsgId => Trimmed("MsgId") ?? Trimmed("MsgID");

    public string Content => Fields["Content"] ?? "";

    /// <summary>The id of a tapped menu item within a message; its words are the <see cref="Content"/>.</summary>
    public string? MenuItem => Trimmed("bizmsgmenuid");

    public string? MediaId => Trimmed("MediaId");

    /// <summary>What a voice message says, where the account has speech recognition and it understood.</summary>
    public string Recognition => Fields["Recognition"] ?? "";

    /// <summary><c>Location_X</c>, in degrees, GCJ-02; for the LOCATION event <c>Latitude</c>.</summary>
    public double? Latitude => Number(IsEvent ? "Latitude" : "Location_X");

    public double? Longitude => Number(IsEvent ? "Longitude" : "Location_Y");

    public string Label => Fields["Label"] ?? "";

    public string Title => Fields["Title"] ?? "";

    public string Url => Trimmed("Url") ?? "";

    /// <summary>The scene of the code that was scanned, without prefix; null when no such code was.</summary>
    public string? Scene => Event switch
    {
        "scan" => EventKey,
        "subscribe" when EventKey.StartsWith(FollowScene, StringComparison.Ordinal) => EventKey[FollowScene.Length..],
        _ => null,
    };

    /// <summary>The same on every re-delivery: messages have an id, events are known by person, second, event and key.</summary>
    public string DedupeKey => !IsEvent && MsgId is { Length: > 0 } id
        ? id
        : string.Create(CultureInfo.InvariantCulture, $"{(IsEvent ? Event : MsgType)}:{From}:{CreateTime}:{EventKey}");

    private string? Trimmed(string name) => Fields[name]?.Trim();

    private long? Integer(string name) =>
        long.TryParse(Trimmed(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private double? Number(string name) =>
        double.TryParse(Trimmed(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
