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

    private static async Task<(int Code, List<JsonElement> Lines, string Errors)> Run(string input)
    {
        using var from = new MemoryStream(Encoding.UTF8.GetBytes(input));
        using var to = new MemoryStream();
        using var errors = new StringWriter();
        var code = await UnderstandCommand.Run(from, to, errors);
        var lines = Encoding.UTF8.GetString(to.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return (code, [.. lines.Select(line => JsonDocument.Parse(line).RootElement)], errors.ToString());
    }
}
