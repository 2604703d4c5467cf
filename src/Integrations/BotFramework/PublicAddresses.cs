using System.Net;
using System.Net.Sockets;

namespace WuShe.Integrations.BotFramework;

/// <summary>Connects to hosts on the public internet only. The address is checked after the name was resolved: a name may point anywhere.</summary>
public static class PublicAddresses
{
    /// <summary>Blocks that are somebody's own network, a machine itself, or nobody's (IANA special-purpose registries).</summary>
    private static readonly IPNetwork[] NotPublic =
    [
        .. ((string[])
        [
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // Of IPv6 only 2000::/3 is given out; within it, tunnels that lead to an IPv4 address of the writer's choice, and examples.
            "::/3", "4000::/2", "8000::/1", "2001::/23", "2001:db8::/32", "2002::/16",
        ]).Select(block => IPNetwork.Parse(block)),
    ];

    public static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !Array.Exists(NotPublic, block => block.BaseAddress.AddressFamily == plain.AddressFamily && block.Contains(plain));
    }

    /// <summary>The handler of a client that can reach nothing else. No proxy: it would resolve the name for us.</summary>
    public static SocketsHttpHandler Handler() => new() { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectCallback = Connect };

    private static async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, ct);
        var open = Array.FindAll(addresses, IsPublic);
        if (open.Length == 0) throw new PrivateAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(open, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A host has no public address.</summary>
public sealed class PrivateAddressException : Exception
{
    public PrivateAddressException() : base("The host has no public address.")
    {
    }

    public PrivateAddressException(string message) : base(message)
    {
    }

    public PrivateAddressException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
