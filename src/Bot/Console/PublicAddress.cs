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
        var address = configuration["PublicUrl"] is { Length: > 0 } url ? url : FirstBound(configuration);
        return address.TrimEnd('/');
    }

    private static string FirstBound(IConfiguration configuration)
    {
        var urls = configuration["urls"] ?? "";
        var first = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault();
        if (first is null) return "http://localhost:5000";
        foreach (var wildcard in (string[])["://+", "://*", "://0.0.0.0", "://[::]"])
            first = first.Replace(wildcard, "://localhost", StringComparison.Ordinal);
        return first;
    }
}
