using System.Net;
using System.Net.Sockets;

namespace WuShe.Bot.Tests.Operations;

/// <summary>A line to a server that can be cut and mended: what a service meets when its Redis or database goes away for a while.</summary>
internal sealed class CutLine : IAsyncDisposable
{
    private readonly DnsEndPoint _server;
    private readonly List<Socket> _open = [];
    private Socket? _listener;

    private CutLine(DnsEndPoint server) => _server = server;

    public int Port { get; private set; }

    public static CutLine To(string host, int port)
    {
        var line = new CutLine(new DnsEndPoint(host, port));
        line.Mend();
        return line;
    }

    /// <summary>Nobody answers any more, and who was connected is not.</summary>
    public void Cut()
    {
        lock (_open)
        {
            _listener?.Dispose();
            _listener = null;
            foreach (var end in _open) end.Dispose();
            _open.Clear();
        }
    }

    /// <summary>Answers again, on the same port.</summary>
    public void Mend()
    {
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        _listener.Listen();
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _ = Answer(_listener);
    }

    public ValueTask DisposeAsync()
    {
        Cut();
        return ValueTask.CompletedTask;
    }

    private async Task Answer(Socket listener)
    {
        try
        {
            while (true)
            {
                var caller = await listener.AcceptAsync();
                var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
                lock (_open) _open.AddRange([caller, server]);
                await server.ConnectAsync(_server);
                _ = Carry(caller, server);
                _ = Carry(server, caller);
            }
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }

    private static async Task Carry(Socket from, Socket to)
    {
        var bytes = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(bytes.AsMemory()) is > 0 and var read) await to.SendAsync(bytes.AsMemory(0, read));
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }
}
