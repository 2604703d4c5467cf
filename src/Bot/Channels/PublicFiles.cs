using WuShe.Integrations.DirectLine;
using WuShe.Services.Common;

namespace WuShe.Bot.Channels;

/// <summary>Pictures by their signed address, for the conversation that was given it. Only JPEGs of our own making are stored.</summary>
public static class PublicFiles
{
    public static async Task<IResult> Get(string id, string? sig, HttpContext http, SignedFiles addresses, IFileStore store)
    {
        if (sig is null || !addresses.Allows(id, sig)) return Results.NotFound();
        if (await store.Open(id, http.RequestAborted) is not { } content) return Results.NotFound();
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.CacheControl = "private, max-age=86400";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        return Results.Stream(content, "image/jpeg");
    }
}
