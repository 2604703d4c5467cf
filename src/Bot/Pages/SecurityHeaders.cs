using System.Text.RegularExpressions;
using Microsoft.Extensions.Primitives;

namespace WuShe.Bot.Pages;

/// <summary>
/// Headers that keep a browser from running what is not ours. Pages load scripts from our origin only and have none inline;
/// styles may be inline because Web Chat and the console's components write them.
/// </summary>
public static partial class SecurityHeaders
{
    // connect-src: a WebSocket of our origin is 'self' in new browsers only; Web Chat reads a picked picture back from its blob: address.
    private static StringValues Policy(string? tiles) => new(string.Join("; ",
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        $"img-src 'self' data: blob:{tiles}",
        "font-src 'self' data:",
        "media-src 'self' blob:",
        "connect-src 'self' ws: wss: blob:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'"));

    private static readonly StringValues NoSniff = "nosniff";
    private static readonly StringValues SameOrigin = "SAMEORIGIN";
    private static readonly StringValues Referrer = "same-origin";
    private static readonly StringValues Permissions = "geolocation=(self), camera=(self), microphone=(), payment=(), usb=()";

    // What only programs read: a page's headers would be bytes for nothing on the busiest answers.
    private static readonly PathString[] ForPrograms =
        ["/api", "/directline", "/v3", "/wechat", "/health", "/metrics"];

    /// <summary>
    /// Adds the headers to every answer; put it first, before whatever may answer. An endpoint that needs a stricter
    /// <c>Content-Security-Policy</c> (such as one that serves uploads) sets its own over it. Pictures may also come from the
    /// host of the console's map (setting <c>Map:TileUrl</c>).
    /// </summary>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app)
    {
        var policy = Policy(TileSource(app.ApplicationServices.GetRequiredService<IConfiguration>()["Map:TileUrl"]));
        return app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = NoSniff;
            if (IsPage(context.Request.Path))
            {
                headers.ContentSecurityPolicy = policy;
                headers.XFrameOptions = SameOrigin;
                headers["Referrer-Policy"] = Referrer;
                headers["Permissions-Policy"] = Permissions;
            }
            return next(context);
        });
    }

    /// <summary>Whether it is an address of map tiles as Leaflet takes them; <c>{-y}</c> counts from the south.</summary>
    internal static bool IsTileTemplate(string template) =>
        TileSource(template) is not null && template.Contains("{z}", StringComparison.Ordinal) && template.Contains("{x}", StringComparison.Ordinal)
        && (template.Contains("{y}", StringComparison.Ordinal) || template.Contains("{-y}", StringComparison.Ordinal));

    // Tile addresses are templates: https://tile{s}.example.org/{z}/{x}/{y}.png comes from https://*.example.org.
    internal static string? TileSource(string? template)
    {
        if (template is null || Host().Match(template) is not { Success: true } address)
            return null;
        var host = address.Groups["host"].Value;
        return host.Contains('{', StringComparison.Ordinal)
            ? $" {address.Groups["scheme"].Value}*{host[host.IndexOf('.', StringComparison.Ordinal)..]}"
            : " " + address.Value;
    }

    [GeneratedRegex("^(?<scheme>https?://)(?<host>[a-zA-Z0-9.{}:-]+)")]
    private static partial Regex Host();

    private static bool IsPage(PathString path)
    {
        foreach (var start in ForPrograms)
            if (path.StartsWithSegments(start))
                return false;
        return true;
    }
}
