using WuShe.Services.Common;

namespace WuShe.Bot.Console;

/// <summary>The port behind which services and integrations find <see cref="PublicAddress"/>.</summary>
internal sealed class ConfiguredPublicUrl(IConfiguration configuration) : IPublicUrl
{
    public Uri Of(string path) => new(PublicAddress.Of(configuration) + path);
}

/// <summary>Under which address people reach the service.</summary>
public static class PublicAddress
{
    /// <summary>
    /// Setting <c>PublicUrl</c>, else the first address the service is told to listen on, else <c>http://localhost:5000</c>;
    /// without a slash at the end. A wildcard host reads as <c>localhost</c>.
    /// </summary>
    public static string Of(IConfiguration configuration)
    {
        return configuration["PublicUrl"] is { Length: > 0 } url ? url.TrimEnd('/') : Bound(configuration);
    }

    /// <summary>The first address the service is told to listen on, whatever it is called outside; without a slash at the end.</summary>
    public static string Bound(IConfiguration configuration)
    {
        var urls = configuration["urls"] ?? "";
        var first = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault();
        return first is null ? "http://localhost:5000" : Reachable(first);
    }

    /// <summary>An address to listen on as one to call: without wildcards, and without a slash at the end.</summary>
    public static string Reachable(string bound)
    {
        foreach (var wildcard in (string[])["://+", "://*", "://0.0.0.0", "://[::]"])
            bound = bound.Replace(wildcard, "://localhost", StringComparison.Ordinal);
        return bound.TrimEnd('/');
    }
}
