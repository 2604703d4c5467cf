using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using WuShe.Integrations.WeCom;

namespace WuShe.Integrations.Tests.WeCom;

public class WeComPropertyTests
{
    private static readonly string[] Names =
        ["msgid", "msgtype", "from", "userid", "text", "content", "mixed", "msg_item", "quote", "event", "eventtype", "template_card_event", "stream", "id", "image", "url", "chatid", "create_time"];

    private static readonly string[] Kinds = ["text", "voice", "mixed", "image", "event", "stream"];

    private static readonly Gen<JsonNode?> Values = Gen.OneOf<JsonNode?>(
        Gen.String.Select(s => (JsonNode?)JsonValue.Create(s)), Gen.Long.Select(n => (JsonNode?)JsonValue.Create(n)), Gen.Const((JsonNode?)null),
        Gen.Int[0, Kinds.Length - 1].Select(i => (JsonNode?)JsonValue.Create(Kinds[i])));

    [Fact]
    public void Any_bytes_are_read_or_refused() => Gen.Byte.Array[0, 200].Sample(bytes => _ = WeComBotMessage.TryRead(bytes)?.DedupeKey);

    [Fact]
    public void Any_json_of_the_right_names_is_read() => Objects(3).Sample(json =>
    {
        var message = WeComBotMessage.TryRead(Encoding.UTF8.GetBytes(json.ToJsonString()));
        Assert.NotNull(message);
        _ = (message.From, message.FromCorp, message.ChatId, message.MsgType, message.StreamId, message.EventKey, message.TaskId, message.DedupeKey, message.CreateTime, message.QuoteText);
    });

    [Fact]
    public void Half_a_surrogate_pair_disturbs_nothing()
    {
        var message = WeComBotMessage.TryRead("""{"msgid":"\ud800","from":{"userid":"li"},"msgtype":"text","text":{"content":"\udc00"}}"""u8);
        Assert.Equal(("", "li"), (message!.MsgId, message.From));
        Assert.Empty(message.Texts);
    }

    [Fact]
    public void Words_fit_and_keep_their_beginning() => Gen.Select(Gen.String, Gen.Int[8, 60]).Sample((words, most) =>
    {
        var fitted = WeComFit.Bytes(words, most);
        Assert.True(Encoding.UTF8.GetByteCount(fitted) <= most);
        Assert.True(WeComFit.Characters(words, most).Length <= most);
        Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(fitted)));
    });

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("[]")]
    [InlineData("{\"encrypt\":1}")]
    [InlineData("{\"encrypt\":\"\\ud800\"}")]
    [InlineData("{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}")]
    public void A_body_without_a_ciphertext_has_none(string body) => Assert.Null(WeComDoor.InJson(Encoding.UTF8.GetBytes(body)));

    private static Gen<JsonObject> Objects(int depth) => Gen.Select(Gen.Int[0, Names.Length - 1].Select(i => Names[i]), depth == 0 ? Values : Gen.OneOf(
            Values, Objects(depth - 1).Select(o => (JsonNode?)o), Objects(depth - 1).Array[0, 3].Select(a => (JsonNode?)new JsonArray(a))))
        .Array[0, 6].Select(pairs =>
        {
            var json = new JsonObject();
            foreach (var (name, value) in pairs) json[name] = value?.DeepClone();
            return json;
        });
}
