using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using WuShe.Bot.Tests.DirectLine;

namespace WuShe.Bot.Tests.BotFramework;

/// <summary>The messaging endpoint without an app registration, as the Emulator calls it.</summary>
public sealed class BotFrameworkTests(EmbeddedService service) : IClassFixture<EmbeddedService>
{
    private static readonly HttpClient Http = new();
    private static int _conversations;

    [Fact]
    public async Task Expected_replies_come_with_the_answer()
    {
        var (status, body) = await Post(Activity(Fresh(), "1", "3栋2单元楼道灯坏了三天了"));
        Assert.Equal(200, status);
        var reply = JsonDocument.Parse(body).RootElement.GetProperty("activities")[0];
        Assert.Contains("照片", reply.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(("1", "plain"), (reply.GetProperty("replyToId").GetString(), reply.GetProperty("textFormat").GetString()));
        Assert.Equal("确认提交", reply.GetProperty("suggestedActions").GetProperty("actions")[0].GetProperty("value").GetString());
    }

    [Fact]
    public async Task A_redelivered_message_is_answered_alike_and_acted_on_once()
    {
        var conversation = Fresh();
        await Post(Activity(conversation, "1", "3栋2单元楼道灯坏了三天了"));
        await Post(Activity(conversation, "2", "没有照片"));
        var (_, first) = await Post(Activity(conversation, "3", "确认提交"));
        var (_, again) = await Post(Activity(conversation, "3", "确认提交"));
        Assert.Contains("编号", first, StringComparison.Ordinal);
        Assert.Equal(first, again);
        var (_, mine) = await Post(Activity(conversation, "4", "查进度"));
        Assert.DoesNotContain("2 件事", mine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_who_joins_is_greeted_once_and_the_bot_itself_is_not()
    {
        var conversation = Fresh();
        var (_, bot) = await Post(Update(conversation, "1", "bot"));
        Assert.Equal("""{"activities":[]}""", bot);
        var (_, person) = await Post(Update(conversation, "2", "me"));
        Assert.Contains("您好", person, StringComparison.Ordinal);
        var (_, again) = await Post(Update(conversation, "3", "me"));
        Assert.DoesNotContain("您好", again, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("not json", 400)]
    [InlineData("[]", 400)]
    [InlineData("""{"text":"no type"}""", 400)]
    [InlineData("""{"type":"message","text":"no conversation","deliveryMode":"expectReplies"}""", 400)]
    [InlineData("""{"type":"message"} trailing""", 400)]
    [InlineData("""{"type":"invoke","name":"x","id":"1","channelId":"t","conversation":{"id":"i"}}""", 501)]
    [InlineData("""{"type":"typing","id":"1","channelId":"t","conversation":{"id":"i"}}""", 200)]
    [InlineData("""{"type":"message","id":"1","channelId":"t","conversation":{"id":"i"},"text":"x","serviceUrl":"https://evil.example"}""", 400)]
    public async Task Odd_activities_get_a_clear_status(string body, int expected)
    {
        var (status, _) = await Post(body);
        Assert.Equal(expected, status);
    }

    [Fact]
    public async Task Fields_come_in_any_order_and_unknown_ones_are_passed_over()
    {
        var (status, body) = await Post(
            $$$"""{"entities":[{"type":"x","deep":{"id":"not this"}}],"conversation":{"isGroup":false,"id":"{{{Fresh()}}}","tenant":{"id":"no"}},"text":"你好","value":{"type":"no"},"channelData":null,"deliveryMode":"expectReplies","channelId":"test","id":"1","from":{"role":"user","id":"me"},"type":"message"}""");
        Assert.Equal(200, status);
        Assert.Contains("activities", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_activity_over_256_KB_is_413()
    {
        var (status, _) = await Post(Activity(Fresh(), "1", new string('a', 300 * 1024)));
        Assert.Equal(413, status);
    }

    [Fact]
    public async Task A_credential_nobody_can_check_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(service.Bot.Address, "api/messages"))
        {
            Content = new StringContent(Activity(Fresh(), "1", "x"), Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "abc");
        using var answer = await Http.SendAsync(request);
        Assert.Equal(401, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Without_expected_replies_they_go_to_the_service_address_in_order()
    {
        await using var connector = await FakeConnector.Start();
        var conversation = Fresh();
        var (status, body) = await Post(Activity(conversation, "1", "转人工", expects: false, connector.Address));
        Assert.Equal((200, ""), (status, body));
        Assert.NotEmpty(connector.Received);
        Assert.All(connector.Received, post => Assert.Equal($"/v3/conversations/{conversation}/activities/1", post.Path));
    }

    internal static string Activity(string conversation, string id, string text, bool expects = true, string serviceUrl = "http://127.0.0.1:1") =>
        JsonSerializer.Serialize(new
        {
            type = "message",
            id,
            channelId = "test",
            serviceUrl,
            text,
            from = new { id = "me", role = "user" },
            recipient = new { id = "bot" },
            conversation = new { id = conversation },
            deliveryMode = expects ? "expectReplies" : "normal",
        });

    private static string Update(string conversation, string id, string added) =>
        $$"""{"type":"conversationUpdate","id":"{{id}}","channelId":"test","from":{"id":"me"},"recipient":{"id":"bot"},"conversation":{"id":"{{conversation}}"},"membersAdded":[{"id":"{{added}}"}],"deliveryMode":"expectReplies"}""";

    private static string Fresh() => $"c{Interlocked.Increment(ref _conversations)}-{Guid.NewGuid():N}";

    private async Task<(int Status, string Body)> Post(string activity)
    {
        using var content = new StringContent(activity, Encoding.UTF8, "application/json");
        using var answer = await Http.PostAsync(new Uri(service.Bot.Address, "api/messages"), content);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
