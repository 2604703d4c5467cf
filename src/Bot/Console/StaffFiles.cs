using WuShe.Services.Cases;
using WuShe.Services.Common;
using WuShe.Services.Common.Media;
using WuShe.Services.Common.Staff;

namespace WuShe.Bot.Console;

/// <summary>Pictures of cases for the staff who may see the case. Everybody else gets what an unknown id gets.</summary>
internal static class StaffFiles
{
    public static async Task<IResult> Get(
        string id, string? size, HttpContext http, StaffAccounts accounts, CaseWork work, IFileStore files, CancellationToken ct)
    {
        var actor = await accounts.ActorOf(http.User, ct);
        if (actor is null || !await work.MaySeePicture(id, actor, ct)) return Results.NotFound();

        var content = (size == "small" ? await files.Open(Attachment.ThumbnailOf(id), ct) : null) ?? await files.Open(id, ct);
        if (content is null) return Results.NotFound();
        http.Response.Headers.CacheControl = "private, max-age=300";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'";
        return Results.Stream(content, "image/jpeg");
    }
}
