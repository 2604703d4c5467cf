using Microsoft.AspNetCore.StaticAssets;

namespace WuShe.Bot.Pages;

/// <summary>
/// Addresses of our static files with the fingerprint of their content, so that browsers keep the 4 MB of Web Chat for a year and
/// still get a new build at once. Pages that are not routable components have no <c>@Assets</c>; this reads the same endpoints.
/// </summary>
public sealed class AssetUrls(EndpointDataSource endpoints)
{
    private readonly Lazy<Dictionary<string, string>> fingerprinted = new(() => Fingerprinted(endpoints));

    /// <summary>The address of <paramref name="file"/> (relative to wwwroot), relative to the page's base address.</summary>
    public string this[string file] => fingerprinted.Value.GetValueOrDefault(file, file);

    private static Dictionary<string, string> Fingerprinted(EndpointDataSource endpoints)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var endpoint in endpoints.Endpoints)
            if (endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is { } asset && Label(asset) is { } label)
                found[label] = asset.Route;
        return found;
    }

    private static string? Label(StaticAssetDescriptor asset)
    {
        foreach (var property in asset.Properties)
            if (property.Name == "label")
                return property.Value;
        return null;
    }
}
