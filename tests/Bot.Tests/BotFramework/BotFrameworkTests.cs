using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using WuShe.Bot.Channels;
using WuShe.Bot.Tests.Browser;
using WuShe.Bot.Tests.DirectLine;
using WuShe.Integrations.BotFramework;

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
    public async Task Half_a_character_is_left_out()
    {
        byte[][] texts = [@"\ud800转人工"u8.ToArray(), [0xED, 0xA0, 0x80, .. "转人工"u8]];
        foreach (var text in texts)
        {
            var parts = Activity(Fresh(), "1", "TEXT").Split("TEXT");
            using var content = new ByteArrayContent([.. Encoding.UTF8.GetBytes(parts[0]), .. text, .. Encoding.UTF8.GetBytes(parts[1])]);
            using var answer = await Http.PostAsync(new Uri(service.Bot.Address, "api/messages"), content);
            Assert.Equal(200, (int)answer.StatusCode);
            Assert.Contains("工作人员", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Pictures_come_by_address_and_in_the_message_and_what_cannot_be_used_is_said()
    {
        var fetched = 0;
        await using var connector = await FakeConnector.Start(app => app.MapGet("/v3/attachments/1", () =>
        {
            fetched++;
            return Results.Bytes(Pictures.Stairwell, "image/jpeg");
        }));
        var conversation = Fresh();
        await Post(Activity(conversation, "1", "3栋2单元楼道灯坏了三天了", serviceUrl: connector.Address));
        var (_, kept) = await Post(Attached(conversation, "2", connector.Address, ("image/jpeg", $"{connector.Address}/v3/attachments/1"), ("image/png", Dot)));
        Assert.Contains("照片：2 张", kept, StringComparison.Ordinal);
        for (var i = 0; i < 400 && fetched == 0; i++) await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        Assert.Equal(1, fetched);

        foreach (var (type, url, words) in new[]
        {
            ("image/png", "http://127.0.0.1:1/secret.png", "打不开"), ("image/png", "https://example.org/x.png", "打不开"),
            ("image/png", "data:image/png;base64,bm8gcGljdHVyZQ==", "不是照片"), ("image/png", "data:image/png,x", "打不开"), ("audio/ogg", $"{connector.Address}/v", "语音我看不了"),
        })
        {
            var (status, refused) = await Post(Attached(conversation, url + type, connector.Address, (type, url)));
            Assert.Equal(200, status);
            Assert.Contains(words, refused, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_place_sent_as_such_is_one()
    {
        var conversation = Fresh();
        await Post(Activity(conversation, "1", "路灯不亮了"));
        var place = Activity(conversation, "2", "")[..^1] + ""","entities":[{"type":"Place","name":"梧桐路口","geo":{"type":"GeoCoordinates","latitude":29.5011,"longitude":106.5065}}]}""";
        Assert.Contains("有照片吗", (await Post(place)).Body, StringComparison.Ordinal);
        Assert.Contains("位置：梧桐路口", (await Post(Activity(conversation, "3", "没有照片"))).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_connector_does_not_take_is_owed_and_comes_once_and_in_order()
    {
        await using var connector = await FakeConnector.Start();
        connector.FailNext.Enqueue(401);
        var conversation = Fresh();
        await Post(Activity(conversation, "1", "3栋2单元楼道灯坏了三天了", expects: false, connector.Address));
        await Post(Activity(conversation, "2", "取消", expects: false, connector.Address));
        for (var i = 0; i < 600 && connector.Received.Count < 2; i++) await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        var texts = connector.Received.Select(post => JsonDocument.Parse(post.Body).RootElement.GetProperty("text").GetString()!).ToArray();
        Assert.Equal(2, texts.Length);
        Assert.Contains("请您核对", texts[0], StringComparison.Ordinal);
        Assert.Contains("不办了", texts[1], StringComparison.Ordinal);
        Assert.Equal(3, connector.Posts);
    }

    [Fact]
    public async Task A_post_that_may_have_been_taken_is_not_sent_again_at_once()
    {
        await using var connector = await FakeConnector.Start();
        connector.FailNext.Enqueue(503);
        await using var services = new ServiceCollection().AddBotFramework(new ConfigurationBuilder().Build()).BuildServiceProvider();
        var http = services.GetRequiredService<IHttpClientFactory>().CreateClient(BotFrameworkChannel.HttpClient);
        using var answer = await http.PostAsync(new Uri($"{connector.Address}/v3/conversations/c/activities"), null);
        Assert.Equal((503, 1), ((int)answer.StatusCode, connector.Posts));
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

    /// <summary>A picture of one pixel.</summary>
    private const string Dot = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private static string Attached(string conversation, string id, string serviceUrl, params (string Type, string Url)[] files) =>
        Activity(conversation, id, "", serviceUrl: serviceUrl)[..^1] + ",\"attachments\":"
        + JsonSerializer.Serialize(files.Select(file => new { contentType = file.Type, contentUrl = file.Url, name = "照片" })) + "}";

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
