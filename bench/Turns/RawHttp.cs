using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace WuShe.Bench.Turns;

/// <summary>One keep-alive HTTP/1.1 connection with as little client work as possible: the driver shares its core with the servers.</summary>
internal sealed class RawHttp(string host, int port) : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _out = new byte[8 * 1024];
    private byte[] _in = new byte[64 * 1024];

    public async Task Connect() => await _socket.ConnectAsync(host, port);

    /// <summary>Sends one POST and returns status and body. The body is valid until the next call.</summary>
    public async Task<(int Status, ReadOnlyMemory<byte> Body)> Post(string pathAndQuery, string contentType, ReadOnlyMemory<byte> body)
    {
        var head = $"POST {pathAndQuery} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {contentType}\r\nContent-Length: {body.Length}\r\n\r\n";
        var need = head.Length + body.Length;
        if (_out.Length < need) _out = new byte[need * 2];
        Encoding.ASCII.GetBytes(head, _out);
        body.CopyTo(_out.AsMemory(head.Length));
        await _socket.SendAsync(_out.AsMemory(0, need), SocketFlags.None);
        return await Read();
    }

    private async Task<(int, ReadOnlyMemory<byte>)> Read()
    {
        var have = 0;
        var headEnd = -1;
        while (headEnd < 0)
        {
            have += await Receive(have);
            headEnd = _in.AsSpan(0, have).IndexOf("\r\n\r\n"u8);
        }
        var status = Number(_in.AsSpan(9, 3));
        var start = headEnd + 4;
        if (ContentLength(_in.AsSpan(0, headEnd)) is not { } length) return (status, await ReadChunked(start, have));
        while (have < start + length) have += await Receive(have);
        return (status, _in.AsMemory(start, length));
    }

    /// <summary>Joins the chunks in place.</summary>
    private async Task<ReadOnlyMemory<byte>> ReadChunked(int start, int have)
    {
        int at = start, to = start;
        while (true)
        {
            int line;
            while ((line = _in.AsSpan(at, have - at).IndexOf("\r\n"u8)) < 0) have += await Receive(have);
            var size = Number(_in.AsSpan(at, line), 'X');
            at += line + 2;
            while (have < at + size + 2) have += await Receive(have);
            if (size == 0) return _in.AsMemory(start, to - start);
            _in.AsSpan(at, size).CopyTo(_in.AsSpan(to));
            to += size;
            at += size + 2;
        }
    }

    private async Task<int> Receive(int at)
    {
        if (at == _in.Length) Array.Resize(ref _in, _in.Length * 2);
        var read = await _socket.ReceiveAsync(_in.AsMemory(at), SocketFlags.None);
        return read > 0 ? read : throw new IOException("The server closed the connection.");
    }

    private static int? ContentLength(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf("Content-Length: "u8);
        if (at < 0) return null;
        return Number(head[(at + 16)..]);
    }

    private static int Number(ReadOnlySpan<byte> text, char format = 'D') =>
        Utf8Parser.TryParse(text, out int number, out _, format) ? number : throw new IOException("The server's answer cannot be read.");

    public void Dispose() => _socket.Dispose();
}
