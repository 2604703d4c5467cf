using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using WuShe.Bot.Tests.Browser;

namespace WuShe.Bot.Tests.DirectLine;

/// <summary>Direct Line 3.0 as its clients count on it: statuses, bodies, watermarks, the stream, uploads.</summary>
public sealed class DirectLineTests(EmbeddedService service) : IClassFixture<EmbeddedService>
{
    [Fact]
    public async Task A_call_without_credential_is_401_and_with_a_bad_one_403()
    {
        var who = await service.NewResident();
        await Refused(401, HttpMethod.Get, $"conversations/{who.Conversation}", null);
        await Refused(403, HttpMethod.Get, $"conversations/{who.Conversation}", who.Token[..^2] + "xx");
        await Refused(403, HttpMethod.Post, "conversations", "no-token");
        // A resident's pass for the browser is no pass for a conversation.
        await Refused(403, HttpMethod.Get, $"conversations/{who.Conversation}", who.Resident);
    }

    [Fact]
    public async Task Nobody_reads_or_speaks_in_somebody_elses_conversation()
    {
        var (mine, other) = (await service.NewResident(), await service.NewResident());
        await Refused(403, HttpMethod.Get, $"conversations/{other.Conversation}/activities", mine.Token);
        await Refused(403, HttpMethod.Post, $"conversations/{other.Conversation}/activities", mine.Token, """{"type":"message","text":"x"}""");
    }

    [Fact]
    public async Task An_unknown_conversation_is_404() =>
        await Refused(404, HttpMethod.Get, "conversations/nothing-here/activities", service.Secret);

    [Theory]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("{}")]
    [InlineData("""{"type":7}""")]
    [InlineData("""{"type":"message","text":"a","text":"b"}""")]
    public async Task What_is_no_activity_is_400(string body)
    {
        var who = await service.NewResident();
        await Refused(400, HttpMethod.Post, $"conversations/{who.Conversation}/activities", who.Token, body);
    }

    [Fact]
    public async Task An_activity_over_256_KB_is_413()
    {
        var who = await service.NewResident();
        var body = JsonSerializer.Serialize(new { type = "message", text = new string('a', 300 * 1024) });
        await Refused(413, HttpMethod.Post, $"conversations/{who.Conversation}/activities", who.Token, body);
    }

    [Fact]
    public async Task Starting_again_joins_the_running_conversation_without_a_second_greeting()
    {
        var who = await service.NewResident();
        var (status, body) = await service.Call(HttpMethod.Post, "conversations", who.Token, "{}");
        Assert.Equal(200, status);
        Assert.Equal(who.Conversation, body.GetProperty("conversationId").GetString());
        Assert.StartsWith("ws://", body.GetProperty("streamUrl").GetString(), StringComparison.Ordinal);
        Assert.Single((await service.After(who)).Activities);
    }

    [Fact]
    public async Task Only_the_secret_generates_tokens_and_only_for_proper_users()
    {
        var who = await service.NewResident();
        await Refused(403, HttpMethod.Post, "tokens/generate", who.Token);
        await Refused(400, HttpMethod.Post, "tokens/generate", service.Secret, """{"user":{"id":"no prefix"}}""");
        var (status, body) = await service.Call(HttpMethod.Post, "tokens/generate", service.Secret, """{"user":{"id":"dl_abc"}}""");
        Assert.Equal(200, status);
        Assert.False(body.TryGetProperty("streamUrl", out _));
        var claims = JsonDocument.Parse(Base64(body.GetProperty("token").GetString()!.Split('.')[1])).RootElement;
        Assert.Equal("dl_abc", claims.GetProperty("user").GetString());
    }

    [Fact]
    public async Task A_message_comes_back_before_its_answers_as_the_persons_own()
    {
        var who = await service.NewResident();
        var (_, mark) = await service.After(who);
        var id = await service.Say(who, "3栋2单元楼道灯坏了", clientId: "abc123");
        var (activities, next) = await service.After(who, mark);

        Assert.Equal(id, Text(activities[0], "id"));
        Assert.Equal("user", Text(activities[0].GetProperty("from"), "role"));
        Assert.StartsWith("dl_", Text(activities[0].GetProperty("from"), "id"), StringComparison.Ordinal);
        Assert.Equal("abc123", Text(activities[0].GetProperty("channelData"), "clientActivityID"));
        Assert.All(activities[1..], reply => Assert.Equal((id, "bot", "plain"), (Text(reply, "replyToId"), Text(reply.GetProperty("from"), "role"), Text(reply, "textFormat"))));
        Assert.Equal(activities.Select(a => Text(a, "timestamp")).Order(StringComparer.Ordinal), activities.Select(a => Text(a, "timestamp")));
        var (nothing, same) = await service.After(who, next);
        Assert.Empty(nothing);
        Assert.Equal(next, same);
    }

    [Fact]
    public async Task A_repeated_message_is_acted_on_once()
    {
        var who = await service.NewResident();
        var first = await service.Say(who, "查进度", clientId: "twice");
        var before = (await service.After(who)).Activities.Length;
        Assert.Equal(first, await service.Say(who, "查进度", clientId: "twice"));
        Assert.Equal(before, (await service.After(who)).Activities.Length);
    }

    [Theory]
    [InlineData("http://localhost:3978", true)]
    [InlineData("https://evil.example", false)]
    public async Task Answers_and_refusals_alike_carry_CORS_for_allowed_origins_only(string origin, bool allowed)
    {
        using var refusal = await service.Send(HttpMethod.Get, "conversations/x", null, null, origin);
        using var preflight = await service.Send(HttpMethod.Options, "conversations/x/activities", null, null, origin);
        Assert.Equal(204, (int)preflight.StatusCode);
        foreach (var answer in (HttpResponseMessage[])[refusal, preflight])
        {
            Assert.Equal(allowed, answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var given) && given.Single() == origin);
        }
        if (allowed) Assert.Contains("x-requested-with", preflight.Headers.GetValues("Access-Control-Allow-Headers").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_stream_plays_back_from_its_watermark_and_goes_on_live()
    {
        var who = await service.NewResident();
        var (_, mark) = await service.After(who);
        var (_, resumed) = await service.Call(HttpMethod.Get, $"conversations/{who.Conversation}?watermark={mark}", who.Token);
        await service.Say(who, "你好");
        var seen = (await service.After(who, mark)).Activities.Select(a => Text(a, "id")).ToList();

        using var one = await Connect(resumed.GetProperty("streamUrl").GetString()!);
        using var two = await Connect(resumed.GetProperty("streamUrl").GetString()!);
        Assert.Equal(seen, await Ids(one, seen.Count));
        Assert.Equal(seen, await Ids(two, seen.Count));

        await one.SendAsync(ReadOnlyMemory<byte>.Empty, WebSocketMessageType.Text, true, default);
        var id = await service.Say(who, "查进度");
        Assert.Contains(id, await Ids(one, 2));
        Assert.Contains(id, await Ids(two, 2));
    }

    [Fact]
    public async Task A_stream_needs_its_own_credential()
    {
        var who = await service.NewResident();
        var address = $"ws://{service.Bot.Address.Authority}/directline/conversations/{who.Conversation}/stream?watermark=0&t={who.Token}";
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => Connect(address));
        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_is_stored_and_served_by_its_signed_address_only()
    {
        var who = await service.NewResident();
        var (status, _) = await Upload(who, Pictures.Stairwell, "楼道.jpg");
        Assert.Equal(200, status);
        var echo = (await service.After(who)).Activities.Single(a => a.TryGetProperty("attachments", out var all) && all.GetArrayLength() > 0);
        var address = new Uri(Text(echo.GetProperty("attachments")[0], "contentUrl"));
        using var picture = await EmbeddedService.Get(address);
        Assert.Equal("image/jpeg", picture.Content.Headers.ContentType!.MediaType);
        using var unsigned = await EmbeddedService.Get(new Uri(address.GetLeftPart(UriPartial.Path)));
        Assert.Equal(404, (int)unsigned.StatusCode);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(11 * 1024 * 1024)]
    [InlineData(100 * 1024 * 1024)]
    public async Task A_file_that_is_no_picture_or_too_large_is_refused_in_words_and_not_stored(int bytes)
    {
        var who = await service.NewResident();
        var folder = Path.Combine(service.Bot.DataDirectory, "files");
        var before = Files(folder);
        await Upload(who, new byte[bytes], "big.jpg");
        var said = Text((await service.After(who)).Activities[^1], "text");
        Assert.Matches("照片|图片", said);
        Assert.Equal(before, Files(folder));
    }

    [Fact]
    public async Task Odd_texts_are_handled()
    {
        var who = await service.NewResident();
        foreach (var text in (string[])[new string('长', 10_000), "😀👨‍👩‍👧", "a\0b\u0007c\u202E", ""])
        {
            await service.Say(who, text);
        }
        Assert.Contains((await service.After(who)).Activities, a => Text(a, "text").Contains("太长", StringComparison.Ordinal));
    }

    public static TheoryData<byte[]> Broken =>
    [
        """{"type":"message","text":"\ud800半个","from":{"name":"\udc00"},"\ud800":{"\udc00":["\ud800"]}}"""u8.ToArray(),
        [.. "{\"type\":\"message\",\"text\":\""u8, 0xED, 0xA0, 0x80, .. "半个\"}"u8],
    ];

    /// <summary>As bytes: a serializer would have replaced the half before it was sent.</summary>
    [Theory, MemberData(nameof(Broken))]
    public async Task Half_a_character_is_left_out(byte[] body)
    {
        var who = await service.NewResident();
        var (_, mark) = await service.After(who);
        using var content = new ByteArrayContent(body);
        using var answer = await service.Send(HttpMethod.Post, $"conversations/{who.Conversation}/activities", who.Token, content);
        Assert.Equal(200, (int)answer.StatusCode);
        var (activities, _) = await service.After(who, mark);
        Assert.EndsWith("半个", Text(activities[0], "text"), StringComparison.Ordinal);
        Assert.NotEmpty(Text(activities[1], "text"));
    }

    private async Task Refused(int status, HttpMethod method, string path, string? credential, string? body = null)
    {
        var (got, error) = await service.Call(method, path, credential, body);
        Assert.Equal(status, got);
        Assert.NotEmpty(error.GetProperty("error").GetProperty("code").GetString()!);
        Assert.NotEmpty(error.GetProperty("error").GetProperty("message").GetString()!);
    }

    private async Task<(int, string)> Upload(Pass who, byte[] content, string name)
    {
        var activity = new ByteArrayContent(Encoding.UTF8.GetBytes(
            JsonSerializer.Serialize(new { type = "message", attachments = new[] { new { contentType = "image/jpeg", name } }, channelData = new { clientActivityID = Guid.NewGuid().ToString("N") } })));
        activity.Headers.ContentType = new MediaTypeHeaderValue("application/vnd.microsoft.activity");
        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        using var form = new MultipartFormDataContent { { activity, "activity", "blob" }, { file, "file", name } };
        using var answer = await service.Send(HttpMethod.Post, $"conversations/{who.Conversation}/upload", who.Token, form);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static int Files(string folder) => Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Length : 0;

    private static async Task<ClientWebSocket> Connect(string address)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(address), default);
        return socket;
    }

    private static async Task<List<string>> Ids(ClientWebSocket socket, int atLeast)
    {
        var ids = new List<string>();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (ids.Count < atLeast) ids.AddRange((await EmbeddedService.Next(socket, limit.Token)).Select(activity => Text(activity, "id")));
        return ids;
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static byte[] Base64(string url) => Convert.FromBase64String(url.Replace('-', '+').Replace('_', '/').PadRight((url.Length + 3) / 4 * 4, '='));
}
