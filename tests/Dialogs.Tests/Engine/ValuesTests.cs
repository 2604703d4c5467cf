using System.Text;
using WuShe.Dialogs.Engine;

namespace WuShe.Dialogs.Tests.Engine;

public sealed class ValuesTests
{
    [Theory]
    [InlineData("灯坏了😀\n\"快\"\\来\u0001")]
    [InlineData("\\uD83D\\uDE00不是表情😀")]
    [InlineData("没有表情\"\\")]
    [InlineData("")]
    public void Words_come_back(string words)
    {
        Assert.Equal(words, Values.Read<string>(Values.Write(words)));
        Assert.Equal([words], Values.Texts(Values.Write(new { words })));
    }

    [Fact]
    public void Emoji_cost_what_they_cost() => Assert.Equal("\"灯😀\"", Encoding.UTF8.GetString(Values.Write("灯😀")));

    [Fact]
    public void What_an_earlier_release_escaped_is_read() => Assert.Equal("灯😀", Values.Read<string>("\"灯\\uD83D\\uDE00\""u8.ToArray()));

    [Fact]
    public void Half_a_letter_is_no_reason_to_fail() => Assert.Equal("a\uFFFD", Values.Read<string>(Values.Write("a\uD83D")));
}
