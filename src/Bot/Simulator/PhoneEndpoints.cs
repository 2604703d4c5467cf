using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace WuShe.Bot.Simulator;

/// <summary>What the simulator's page asks and does: acts of the person, pictures, the account's menu, and what happens on the phone.</summary>
internal static class PhoneEndpoints
{
    private const int MostText = 4000;
    private const int MaxPicture = 10 * 1024 * 1024;

    public static void MapPhone(this IEndpointRouteBuilder app)
    {
        var phone = app.MapGroup("/dev/wechat/phone/{account}");
        phone.MapPost("/act", Act);
        phone.MapPost("/media", Upload);
        phone.MapGet("/media/{id}", Download);
        phone.MapGet("/menu", Menu);
        phone.MapGet("/events", Events);
    }

    /// <summary>Returns when the platform is done with it: up to fifteen seconds where the network loses every answer.</summary>
    private static async Task<IResult> Act(string account, PhoneAct act, SimulatedPlatform platform, PlatformLine line, IHostApplicationLifetime life)
    {
        if (!platform.TryFind(account, out var at)) return Results.NotFound();
        if (!SimulatedPlatform.IsOpenId(act.OpenId) || act.Text.Length > MostText) return Results.BadRequest();
        // The first code that somebody scans makes them follow.
        if (act.Kind == "scan" && !at.Phone(act.OpenId).Following) act = act with { Kind = "follow" };
        var xml = act.Again.Length > 0 ? act.Again : line.Write(at, act);
        if (xml is null) return Results.BadRequest();
        if (act.Again.Length == 0) Note(at.Phone(act.OpenId), act, xml);
        // Not the page's own request: closing the page takes back nothing that was said.
        await line.Deliver(at, act, xml, life.ApplicationStopping);
        return Results.NoContent();
    }

    /// <summary>What the platform notes before it pushes: what was done, and what our service may write for it.</summary>
    private static void Note(SimulatedPhone phone, PhoneAct act, string xml)
    {
        switch (act.Kind)
        {
            case "follow":
                phone.Followed(act.Text);
                break;
            case "unfollow":
                phone.Left();
                break;
            case "click" or "scan":
                phone.Tapped();
                break;
            case "view":
                break;
            default:
                if (act.Choice.Length > 0) phone.Tapped();
                else phone.Spoke();
                break;
        }

        phone.Add(new PhoneEntry("me") { Type = act.Kind, Text = act.Text, Media = act.Kind == "image" ? act.Media : null, Xml = xml });
    }

    private static async Task<IResult> Upload(string account, HttpContext http, SimulatedPlatform platform)
    {
        if (!platform.TryFind(account, out var at)) return Results.NotFound();
        if (http.Request.ContentLength is null or 0 or > MaxPicture) return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        using var content = new MemoryStream();
        await http.Request.Body.CopyToAsync(content, http.RequestAborted);
        return Results.Json(new { media = at.Keep(content.ToArray(), http.Request.ContentType ?? "") });
    }

    private static IResult Download(string account, string id, HttpContext http, SimulatedPlatform platform)
    {
        if (!platform.TryFind(account, out var at) || !at.TryFile(id, out var file)) return Results.NotFound();
        // Shown in pictures only: whatever it is, no browser makes a page of it.
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return Results.Bytes(file.Content, file.Type is "image/png" or "image/gif" or "image/webp" ? file.Type : "image/jpeg");
    }

    private static IResult Menu(string account, bool staff, SimulatedPlatform platform) => platform.TryFind(account, out var at)
        ? SimulatedMenus.Json(at.Menus.For(staff ? at.Settings.StaffTag : null).Write)
        : Results.NotFound();

    private static IResult Events(string account, string openid, HttpContext http, SimulatedPlatform platform, IHostApplicationLifetime life)
    {
        if (!platform.TryFind(account, out var at)) return Results.NotFound();
        if (!SimulatedPlatform.IsOpenId(openid)) return Results.BadRequest();
        var seen = long.TryParse(http.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;
        // An open page must not hold up the end of the process.
        var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
        http.Response.RegisterForDispose(end);
        return TypedResults.ServerSentEvents(at.Phone(openid).Read(seen, end.Token));
    }
}
