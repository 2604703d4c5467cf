using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using WuShe.Dialogs;
using WuShe.Dialogs.Understanding;

namespace WuShe.Integrations.DirectLine;

/// <summary>Activities as the web chat's clients expect them: roles and ids are the server's word, unknown fields stay.</summary>
public static class Activities
{
    public const string BotId = "wushe-bot";
    private const string BotName = "社区小助手";
    private const string TimeMark = "@time@";
    private static readonly JsonSerializerOptions Raw = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonDocumentOptions NamesOnce = new() { AllowDuplicateProperties = false };

    /// <summary>
    /// Reads an activity; null for JSON that is no object. Throws <see cref="JsonException"/> on what is no JSON or says a name
    /// twice: what is read here can be worked on without another surprise.
    /// </summary>
    public static JsonObject? Parse(ReadOnlyMemory<byte> json) =>
        JsonNode.Parse(PlainJson.Readable(json).Span, nodeOptions: null, NamesOnce) as JsonObject;

    /// <summary>What a client posted, as everybody in the conversation sees it.</summary>
    public static StoredActivity Echo(JsonObject posted, string id, Holder from)
    {
        posted["id"] = id;
        posted["timestamp"] = TimeMark;
        posted["channelId"] = "directline";
        posted["conversation"] = new JsonObject { ["id"] = from.Conversation };
        var person = new JsonObject { ["id"] = from.User, ["role"] = "user" };
        if (posted["from"] is JsonObject sender && sender["name"] is JsonValue name && name.TryGetValue(out string? text)) person["name"] = text;
        posted["from"] = person;
        return Split(id, posted);
    }

    /// <summary>One message of the bot. <paramref name="picture"/>: the address of its picture, if it has one.</summary>
    public static StoredActivity Said(Message message, string id, string conversation, string? replyTo, string? picture)
    {
        var activity = new JsonObject
        {
            ["type"] = "message",
            ["id"] = id,
            ["timestamp"] = TimeMark,
            ["channelId"] = "directline",
            ["conversation"] = new JsonObject { ["id"] = conversation },
            ["from"] = new JsonObject { ["id"] = BotId, ["name"] = BotName, ["role"] = "bot" },
            ["locale"] = "zh-CN",
            ["textFormat"] = "plain",
            ["text"] = message.Text,
        };
        if (replyTo is not null) activity["replyToId"] = replyTo;
        if (picture is not null)
        {
            activity["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "image/jpeg", ["contentUrl"] = picture, ["name"] = "照片" });
        }
        if (message.Options.Count > 0)
        {
            activity["suggestedActions"] = new JsonObject
            {
                ["actions"] = new JsonArray([.. message.Options.Select(option => (JsonNode)new JsonObject
                {
                    ["type"] = "imBack", ["title"] = option, ["value"] = option,
                })]),
            };
        }
        return Split(id, activity);
    }

    /// <summary>What a posted activity means to the engine.</summary>
    public static Input Meaning(JsonObject posted, IReadOnlyList<AttachmentRef> pictures, string text)
    {
        var location = posted["channelData"]?["location"] as JsonObject;
        if (location is not null && Number(location["latitude"]) is { } latitude && Number(location["longitude"]) is { } longitude
            && Math.Abs(latitude) <= 90 && Math.Abs(longitude) <= 180)
        {
            var datum = string.Equals(Word(location["datum"]), "gcj02", StringComparison.OrdinalIgnoreCase) ? Datum.Gcj02 : Datum.Wgs84;
            return new Input { Location = new SentLocation(new GeoPoint(latitude, longitude, datum), Word(location["label"]) ?? "") };
        }
        return new Input { Text = text, Attachments = pictures };
    }

    public static string? Word(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static double? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue(out double number) ? number : null;

    private static StoredActivity Split(string id, JsonObject activity)
    {
        var json = activity.ToJsonString(Raw);
        const string mark = "\"timestamp\":\"" + TimeMark;
        var at = json.IndexOf(mark, StringComparison.Ordinal) + mark.Length;
        return new StoredActivity(id, Encoding.UTF8.GetBytes(json[..(at - TimeMark.Length)]), Encoding.UTF8.GetBytes(json[at..]));
    }
}
