using System.Globalization;
using System.Text;

namespace WuShe.Bot.Simulator;

/// <summary>What a person does on the simulated phone.</summary>
internal sealed record PhoneAct
{
    public string OpenId { get; init; } = "";

    /// <summary>text, image, voice, video, location, click, view, follow, unfollow, scan; empty with <see cref="Again"/>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Words; the recognised words of a voice message; the key of a menu button or its address; the scene of a code.</summary>
    public string Text { get; init; } = "";

    public string Media { get; init; } = "";

    /// <summary>GCJ-02 degrees.</summary>
    public double Latitude { get; init; }

    /// <summary>GCJ-02 degrees.</summary>
    public double Longitude { get; init; }

    /// <summary>The id of a tapped choice.</summary>
    public string Choice { get; init; } = "";

    /// <summary>The XML of an earlier push: it is delivered again instead of something new.</summary>
    public string Again { get; init; } = "";

    /// <summary>Empty, <c>slow</c>, <c>lost-once</c> or <c>lost</c>.</summary>
    public string Network { get; init; } = "";

    /// <summary>Whether the platform delivers this push once more although it was answered.</summary>
    public bool Twice { get; init; }
}

/// <summary>Writes pushes as the platform does.</summary>
internal static class PushXml
{
    /// <summary>The readable XML; null when the act is none the platform knows.</summary>
    public static string? Of(PhoneAct act, string account, long now, long messageId)
    {
        if (Elements(act) is not { } elements) return null;
        var isEvent = act.Kind is "click" or "view" or "follow" or "unfollow" or "scan";
        var xml = new StringBuilder("<xml>\n").Append(Element("ToUserName", account)).Append(Element("FromUserName", act.OpenId))
            .Append(CultureInfo.InvariantCulture, $"<CreateTime>{now}</CreateTime>\n").Append(Element("MsgType", isEvent ? "event" : act.Kind)).Append(elements);
        if (!isEvent) xml.Append(CultureInfo.InvariantCulture, $"<MsgId>{messageId}</MsgId>\n");
        return xml.Append("</xml>").ToString();
    }

    private static string? Elements(PhoneAct act) => act.Kind switch
    {
        "text" => Element("Content", act.Text) + (act.Choice.Length > 0 ? Element("bizmsgmenuid", act.Choice) : ""),
        "image" => Element("PicUrl", "http://mmbiz.qpic.cn/simulator") + Element("MediaId", act.Media),
        "voice" => Element("MediaId", "voice-simulator") + Element("Format", "amr") + Element("MediaId16K", "voice-simulator-16k")
            + (act.Text.Length > 0 ? Element("Recognition", act.Text) : ""),
        "video" => Element("MediaId", "video-simulator") + Element("ThumbMediaId", "thumb-simulator"),
        "location" => string.Create(CultureInfo.InvariantCulture, $"<Location_X>{act.Latitude:F6}</Location_X>\n<Location_Y>{act.Longitude:F6}</Location_Y>\n<Scale>16</Scale>\n")
            + Element("Label", act.Text),
        "click" => Element("Event", "CLICK") + Element("EventKey", act.Text),
        "view" => Element("Event", "VIEW") + Element("EventKey", act.Text),
        "scan" => Element("Event", "SCAN") + Element("EventKey", act.Text) + Element("Ticket", "simulator"),
        "follow" => Element("Event", "subscribe")
            + (act.Text.Length > 0 ? Element("EventKey", "qrscene_" + act.Text) + Element("Ticket", "simulator") : Element("EventKey", "")),
        "unfollow" => Element("Event", "unsubscribe") + Element("EventKey", ""),
        _ => null,
    };

    public static string Element(string name, string text) =>
        $"<{name}><![CDATA[{text.Replace("]]>", "]]]]><![CDATA[>", StringComparison.Ordinal)}]]></{name}>\n";
}
