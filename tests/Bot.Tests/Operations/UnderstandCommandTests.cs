using System.Text;
using System.Text.Json;
using WuShe.Bot.Operations;
using WuShe.Bot.Tests.Browser;

namespace WuShe.Bot.Tests.Operations;

/// <summary>The command for scripts: JSON lines in, JSON lines out.</summary>
public sealed class UnderstandCommandTests
{
    [Fact]
    public async Task Each_line_is_answered_with_its_id()
    {
        var (code, lines, errors) = await Run(
            """
            {"id":7,"text":"3栋2单元楼道灯黑了三天了"}
            {"text":"你好","id":"b"}

            {"id":9,"text":""}
            """);
        Assert.Equal(0, code);
        Assert.Empty(errors);
        Assert.Equal(3, lines.Count);
        Assert.Equal(7, lines[0].GetProperty("id").GetInt32());
        Assert.Equal("report", lines[0].GetProperty("intent").GetString());
        Assert.Equal("lighting", lines[0].GetProperty("category").GetString());
        Assert.False(lines[0].GetProperty("emergency").GetBoolean());
        Assert.Equal("3栋2单元", lines[0].GetProperty("place").GetString());
        Assert.Equal("b", lines[1].GetProperty("id").GetString());
        Assert.Equal(JsonValueKind.Null, lines[1].GetProperty("category").ValueKind);
        Assert.Equal("none", lines[2].GetProperty("intent").GetString());
        Assert.All(lines, line => Assert.Equal(["id", "intent", "category", "emergency", "place", "time", "confidence"], line.EnumerateObject().Select(field => field.Name)));
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("[1]")]
    [InlineData("""{"id":3}""")]
    [InlineData("""{"id":3,"text":5}""")]
    public async Task A_line_that_cannot_be_read_is_named_and_the_others_are_answered(string bad)
    {
        var (code, lines, errors) = await Run($"{bad}\n{{\"id\":4,\"text\":\"路灯坏了\"}}");
        Assert.Equal(1, code);
        Assert.Contains("Line 1", errors, StringComparison.Ordinal);
        Assert.Equal(2, lines.Count);
        Assert.Equal(JsonValueKind.Null, lines[0].GetProperty("intent").ValueKind);
        Assert.Equal("report", lines[1].GetProperty("intent").GetString());
    }

    [Fact]
    public async Task As_a_process_it_reads_a_whole_file_and_needs_neither_database_nor_data_directory()
    {
        var nowhere = Path.Combine(Path.GetTempPath(), $"wushe-{Guid.NewGuid():N}");
        var (code, output, errors) = await BotCommand.Pipe(
            "{\"id\":1,\"text\":\"3栋2单元楼道灯黑了三天了\"}\n\n   \n{\"id\":2,\"text\":\n{\"id\":3,\"text\":\"楼上天天半夜拖板凳\"}",
            ["understand"], nowhere, ("ConnectionStrings:Database", "nonsense"), ("ConnectionStrings:Redis", "127.0.0.1:1"), ("Demo", "perhaps"));
        Assert.Equal(1, code);
        Assert.Equal("Line 4 is no JSON object with a text.", errors.Trim());
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["lighting", null, "noise"], lines.Select(line => line.GetProperty("category").GetString()));
        Assert.Equal(["1", "", "3"], lines.Select(line => line.GetProperty("id").ToString()));
        Assert.False(Directory.Exists(nowhere));
    }

    [Fact]
    public async Task More_words_after_it_are_no_command()
    {
        var (code, lines) = await BotCommand.Run(["understand", "路灯坏了"]);
        Assert.Equal(1, code);
        Assert.StartsWith("Commands:", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":"\ud800x","text":"路灯\udc00坏了"}""", "x")]
    [InlineData("""{"id":{"a\ud800":["\udfff"]},"text":"路灯坏了"}""", null)]
    [InlineData("""{"id":1,"id":"x","text":"?","text":"路灯坏了","\ud800":0}""", "x")]
    public async Task Halves_of_characters_and_names_said_twice_are_handled(string odd, string? id)
    {
        var (code, lines, errors) = await Run($"{odd}\n{{\"id\":4,\"text\":\"路灯坏了\"}}");
        Assert.Equal((0, ""), (code, errors));
        Assert.Equal(2, lines.Count);
        Assert.All(lines, line => Assert.Equal("report", line.GetProperty("intent").GetString()));
        if (id is not null) Assert.Equal(id, lines[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task Bytes_that_are_no_text_end_nothing()
    {
        byte[] bytes = [.. "{\"id\":1,\"text\":\"路灯"u8, 0xED, 0xA0, 0x80, 0xFF, .. "坏了\"}\n{\"id\":2,\"text\":\"路灯坏了\"}"u8];
        var (code, lines, _) = await Run(bytes);
        Assert.Equal(0, code);
        Assert.Equal(2, lines.Count);
    }

    private static Task<(int Code, List<JsonElement> Lines, string Errors)> Run(string input) => Run(Encoding.UTF8.GetBytes(input));

    private static async Task<(int Code, List<JsonElement> Lines, string Errors)> Run(byte[] input)
    {
        using var from = new MemoryStream(input);
        using var to = new MemoryStream();
        using var errors = new StringWriter();
        var code = await UnderstandCommand.Run(from, to, errors);
        var lines = Encoding.UTF8.GetString(to.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return (code, [.. lines.Select(line => JsonDocument.Parse(line).RootElement)], errors.ToString());
    }
}
