using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace WuShe.Bot.Operations;

/// <summary>Where the service can be reached from outside: the setting <c>PublicUrl</c>, or else the first bound address.</summary>
public sealed class PublicAddress(IConfiguration settings, IServer server)
{
    /// <summary>Without a trailing slash. Known once the server listens (or by setting).</summary>
    public string Url =>
        settings["PublicUrl"] is { Length: > 0 } set ? set.TrimEnd('/')
        : (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost:5000")
            .Replace("//0.0.0.0:", "//localhost:", StringComparison.Ordinal)
            .Replace("//[::]:", "//localhost:", StringComparison.Ordinal)
            .TrimEnd('/');
}
