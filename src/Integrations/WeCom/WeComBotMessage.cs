using System.Globalization;
using System.Text.Json;

namespace WuShe.Integrations.WeCom;

/// <summary>A message or event of an AI bot. Unknown fields disturb nothing; fields of a wrong type count as absent.</summary>
public sealed class WeComBotMessage
{
    private const int MaxDepth = 16;
    private readonly JsonElement _root;

    private WeComBotMessage(JsonElement root)
    {
        _root = root;
        Parts(root, MsgType, Texts, Images);
        var quote = Child(root, "quote");
        var quoted = new List<string>();
        Parts(quote, Text(quote, "msgtype"), quoted, []);
        QuoteText = string.Join('\n', quoted);
    }

    public string MsgId => Text(_root, "msgid");

    public string From => Text(Child(_root, "from"), "userid");

    /// <summary>The company of a person from outside; empty for our own people.</summary>
    public string FromCorp => Text(Child(_root, "from"), "corpid");

    /// <summary>The group; null in a single chat.</summary>
    public string? ChatId => Text(_root, "chatid") is { Length: > 0 } id ? id : null;

    public bool IsGroup => Text(_root, "chattype") == "group";

    public string MsgType => Text(_root, "msgtype");

    /// <summary>Where one later answer may be posted, within an hour.</summary>
    public string ResponseUrl => Text(_root, "response_url");

    /// <summary>Unix seconds; 0 when absent.</summary>
    public long CreateTime => Child(_root, "create_time") is { ValueKind: JsonValueKind.Number } time && time.TryGetInt64(out var seconds) ? seconds : 0;

    /// <summary>What was written or said, in order; of a mixed message each part.</summary>
    public List<string> Texts { get; } = [];

    /// <summary>Addresses of pictures; the files behind them are encrypted.</summary>
    public List<string> Images { get; } = [];

    /// <summary>What the quoted message says; empty without one.</summary>
    public string QuoteText { get; }

    /// <summary>The stream whose rest is asked for.</summary>
    public string StreamId => Text(Child(_root, "stream"), "id");

    public string EventType => Text(Child(_root, "event"), "eventtype");

    public string EventKey => Text(Tap, "event_key");

    public string TaskId => Text(Tap, "task_id");

    /// <summary>The same on every re-delivery.</summary>
    public string DedupeKey => MsgId.Length > 0 ? MsgId : string.Create(CultureInfo.InvariantCulture, $"{EventType}:{From}:{CreateTime}:{EventKey}:{TaskId}");

    private JsonElement Tap => Child(Child(_root, "event"), "template_card_event");

    /// <summary>Null for anything that is no JSON object.</summary>
    public static WeComBotMessage? TryRead(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
            var root = JsonElement.ParseValue(ref reader);
            return root.ValueKind == JsonValueKind.Object && !reader.Read() ? new WeComBotMessage(root) : null;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // InvalidOperation: a name or a string with half a surrogate pair.
            return null;
        }
    }

    private static void Parts(JsonElement message, string type, List<string> texts, List<string> images)
    {
        switch (type)
        {
            case "text" or "voice":
                if (Text(Child(message, type), "content") is { Length: > 0 } words) texts.Add(words);
                break;
            case "image":
                if (Text(Child(message, type), "url") is { Length: > 0 } address) images.Add(address);
                break;
            case "mixed":
                var items = Child(Child(message, "mixed"), "msg_item");
                if (items.ValueKind != JsonValueKind.Array) break;
                foreach (var item in items.EnumerateArray())
                    if (Text(item, "msgtype") is "text" or "image") Parts(item, Text(item, "msgtype"), texts, images);
                break;
        }
    }

    /// <summary>Absent, too, where a name beside it is half a surrogate pair: such an object cannot be searched.</summary>
    private static JsonElement Child(JsonElement element, string name)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var child) ? child : default;
        }
        catch (InvalidOperationException)
        {
            return default;
        }
    }

    /// <summary>A string; half a surrogate pair makes it absent, as a wrong type does.</summary>
    private static string Text(JsonElement element, string name)
    {
        try
        {
            return Child(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }
}
