using System.Text;

namespace WuShe.Bench.Turns;

/// <summary>Bot Framework activities with <c>deliveryMode: expectReplies</c>, as a channel sends them.</summary>
internal sealed class JsonWire(string run) : IWire
{
    public (string Path, string ContentType, ReadOnlyMemory<byte> Body) Push(int resident, long message, string text) =>
        ("/api/messages", "application/json", Encoding.UTF8.GetBytes(
            $$"""{"type":"message","id":"m{{message}}","timestamp":"2026-11-23T06:41:46.225Z","channelId":"bench","serviceUrl":"http://127.0.0.1:1","from":{"id":"{{run}}-{{resident}}","role":"user"},"recipient":{"id":"bot"},"conversation":{"id":"{{run}}-{{resident}}"},"locale":"zh-CN","deliveryMode":"expectReplies","text":"{{text}}"}"""));

    public string ReplyText(ReadOnlyMemory<byte> body) => Encoding.UTF8.GetString(body.Span);
}
