using System.Text;
using System.Text.Json.Nodes;
using WuShe.Integrations.WeCom;

namespace WuShe.Integrations.Tests.WeCom;

/// <summary>Every AI bot message of <c>messages.json</c> is read as it names.</summary>
public class ConformanceBotTests
{
    private static readonly Dictionary<string, JsonNode> Messages = JsonNode.Parse(File.ReadAllText(
        Path.Combine(AppContext.BaseDirectory, "WeChat", "Conformance", "messages.json")))!["aibot_messages"]!.AsArray().ToDictionary(m => (string)m!["id"]!, m => m!);

    public static TheoryData<string> Ids => [.. Messages.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Message(string id)
    {
        var message = WeComBotMessage.TryRead(Encoding.UTF8.GetBytes((string)Messages[id]["json"]!));
        Assert.NotNull(message);
        Assert.Equal("zhangsan", message.From);
        foreach (var (name, value) in Messages[id]["expected"]!.AsObject())
        {
            switch (name)
            {
                case "chat": Assert.Equal((string?)value, message.ChatId); break;
                case "user": Assert.Equal((string?)value, message.From); break;
                case "text": Assert.Equal((string?)value, Assert.Single(message.Texts)); break;
                case "texts": Assert.Equal(value!.AsArray().Select(t => (string)t!), message.Texts); break;
                case "images": Assert.Equal((int)value!, message.Images.Count); break;
                case "quote_text": Assert.Equal((string?)value, message.QuoteText); break;
                case "stream_id": Assert.Equal((string?)value, message.StreamId); break;
                case "eventtype": Assert.Equal((string?)value, message.EventType); break;
                case "event_key": Assert.Equal((string?)value, message.EventKey); break;
                case "task_id": Assert.Equal((string?)value, message.TaskId); break;
                case "dedupe_key": Assert.Equal((string?)value, message.DedupeKey); break;
                case "note" or "reply": break;
                default: Assert.Fail($"No check for {name}."); break;
            }
        }
    }

    [Fact]
    public void All_ten_are_there() => Assert.Equal(10, Messages.Count);
}
