using System.Text;
using System.Text.Json;
using CsCheck;
using WuShe.Dialogs.Understanding;

namespace WuShe.Dialogs.Tests.Understanding;

public sealed class PlainJsonTests
{
    [Theory]
    [InlineData("""{"a":"x\ud800y"}""", """{"a":"xy"}""")]
    [InlineData("""{"a":"\udc00"}""", """{"a":""}""")]
    [InlineData("""{"\ud800":1,"b":["\uD83D","\ude00"]}""", """{"":1,"b":["",""]}""")]
    [InlineData("""{"a":"\ud800\ud83d\ude00"}""", """{"a":"\ud83d\ude00"}""")]
    [InlineData("""{"a":"\\ud800"}""", """{"a":"\\ud800"}""")]
    [InlineData("""{"a":"\u4f60\n\"\ud8"}""", """{"a":"\u4f60\n\"\ud8"}""")]
    [InlineData("""{"a":"\""", """{"a":"\""")]
    [InlineData("""["\u\ud800d83d"]""", """["\u\ud800d83d"]""")]
    public void Halves_are_left_out_and_all_else_stays(string json, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(PlainJson.Readable(Encoding.UTF8.GetBytes(json)).Span));

    [Fact]
    public void Broken_bytes_become_readable()
    {
        byte[] json = [.. "{\"a\":\"x"u8, 0xED, 0xA0, 0x80, 0xFF, .. "y\"}"u8];
        var text = JsonDocument.Parse(PlainJson.Readable(json)).RootElement.GetProperty("a").GetString();
        Assert.Equal("xy", Plain.Clean(text).Text);
    }

    [Fact]
    public void Every_string_that_parses_can_be_read() =>
        Gen.OneOf(Gen.Const("\\ud800"), Gen.Const("\\udc00"), Gen.Const("\\"), Gen.Const("\\u"), Gen.Const("d83d"), Gen.Const("😀"), Gen.Const("a"))
            .Array[0, 12].Select(string.Concat).Sample(text =>
            {
                try
                {
                    JsonDocument.Parse(PlainJson.Readable(Encoding.UTF8.GetBytes($"[\"{text}\"]"))).RootElement[0].GetString();
                }
                catch (JsonException)
                {
                    // No JSON before, and none after.
                }
            });
}
