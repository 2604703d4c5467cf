using System.Text;
using WuShe.Integrations.WeCom;

namespace WuShe.Integrations.Tests.WeCom;

/// <summary>Whatever JSON comes, it is read or it is none; found by the fuzzer.</summary>
public sealed class WeComBotMessageTests
{
    [Theory]
    [InlineData("""{"msgid":"1","\ud800":"c","msgtype":"text","text":{"content":"你好"},"quote":{}}""")]
    [InlineData("""{"msgtype":"event","event":{"\udc00":1,"template_card_event":{"event_key":"claim","\ud800":2}},"quote":{}}""")]
    [InlineData("""{"from":{"\ud800\ud800":"x","userid":"li"},"create_time":"soon","\udc00":1,"quote":{}}""")]
    public void Names_of_half_a_character_end_nothing(string json)
    {
        if (WeComBotMessage.TryRead(Encoding.UTF8.GetBytes(json)) is not { } said) return;
        Assert.NotNull(said.DedupeKey);
        Assert.NotNull(said.From);
        Assert.Null(said.ChatId);
        Assert.Equal("", said.StreamId);
        Assert.NotNull(said.EventKey + said.TaskId + said.EventType + said.QuoteText);
    }
}
