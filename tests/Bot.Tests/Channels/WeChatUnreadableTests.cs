using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.Logging;
using WuShe.Integrations.WeChat;

namespace WuShe.Bot.Tests.Channels;

/// <summary>What only the platform can have sent and nobody can read: acknowledged, so that it is not sent again, and counted.</summary>
public sealed class WeChatUnreadableTests : IAsyncLifetime
{
    private WeChatHost _host = null!;

    public async Task InitializeAsync() => _host = await WeChatHost.Start();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("<xml><MsgType>text</MsgType>")]
    [InlineData("{\"MsgType\":\"text\"}")]
    [InlineData("")]
    public async Task Correct_crypto_around_what_is_no_message_is_acknowledged_and_counted(string inside)
    {
        var counted = 0L;
        using var meter = new MeterListener();
        meter.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == WeChatMetrics.MeterName && instrument.Name == "wushe.wechat.pushes.unreadable") listener.EnableMeasurementEvents(instrument);
        };
        meter.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref counted, count));
        meter.Start();
        using var answer = await _host.Post("safe", _host.Sender.Safe(inside, _host.Now));
        Assert.Equal((HttpStatusCode.OK, "success"), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.Equal(1, Interlocked.Read(ref counted));
        Assert.Empty(_host.Turns.Ran);
        Assert.Empty(_host.Ports.Acts);
        Assert.DoesNotContain(_host.Log.Lines, line => line.Level >= LogLevel.Warning);
    }
}
