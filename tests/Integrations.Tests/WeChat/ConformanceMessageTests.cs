using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using WuShe.Integrations.WeChat;

namespace WuShe.Integrations.Tests.WeChat;

/// <summary>Every message of <c>messages.json</c> is read as it names, field by field, and typed.</summary>
public class ConformanceMessageTests
{
    private static readonly Dictionary<string, JsonNode> Messages = Load();

    public static TheoryData<string> Ids => [.. Messages.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Message(string id)
    {
        var expected = Messages[id];
        var fields = WeChatXml.TryRead(Encoding.UTF8.GetBytes((string)expected["xml"]!));
        Assert.NotNull(fields);
        Assert.Equal(expected["expected_fields"]!.ToJsonString(), Tree(fields).ToJsonString());

        var message = new WeChatMessage(fields);
        Assert.Equal((string)expected["msg_type"]!, message.MsgType);
        Assert.Equal(((string?)expected["event"] ?? "").ToLowerInvariant(), message.Event);
        foreach (var (name, value) in expected["expected_typed"]!.AsObject())
            Assert.Equal(value!.GetValue<double>(), double.Parse(fields[name]!, CultureInfo.InvariantCulture), 9);
        Assert.Equal(expected["expected_typed"]!["CreateTime"]!.GetValue<long>(), message.CreateTime);
        CheckDedupe((string)expected["dedupe_key"]!, message);
        if (expected["expected_scene"] is { } scene) Assert.Equal((string)scene!, message.Scene);
        if (expected["expected_position"] is not { } position) return;
        Assert.Equal(position["latitude"]!.GetValue<double>(), message.Latitude!.Value, 6);
        Assert.Equal(position["longitude"]!.GetValue<double>(), message.Longitude!.Value, 6);
    }

    private static void CheckDedupe(string expected, WeChatMessage message)
    {
        if (expected.StartsWith("msgid:", StringComparison.Ordinal)) Assert.Equal(expected, "msgid:" + message.DedupeKey);
        else Assert.Equal($"{message.Event}:{expected["event:".Length..]}:{message.EventKey}", message.DedupeKey);
    }

    private static JsonObject Tree(WeChatFields element)
    {
        var tree = new JsonObject();
        foreach (var same in element.Children.GroupBy(c => c.Name))
        {
            var nodes = same.Select(c => c.Children.Count > 0 ? (JsonNode)Tree(c) : JsonValue.Create(c.Text)).ToArray();
            tree[same.Key] = nodes.Length == 1 ? nodes[0] : new JsonArray(nodes);
        }

        return tree;
    }

    private static Dictionary<string, JsonNode> Load()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "WeChat", "Conformance", "messages.json");
        return JsonNode.Parse(File.ReadAllText(file))!["messages"]!.AsArray().ToDictionary(m => (string)m!["id"]!, m => m!);
    }
}
