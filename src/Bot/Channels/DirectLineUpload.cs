using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using WuShe.Dialogs;
using WuShe.Integrations.DirectLine;
using WuShe.Services.Common;

namespace WuShe.Bot.Channels;

/// <summary>
/// Pictures posted by the web chat: multipart, the activity first, then the files. Each file is read up to its limit,
/// checked by content and re-encoded; one that is refused is not stored, and the person is told why in the chat.
/// </summary>
public sealed class DirectLineUpload(IPictures pictures, IAttachments attachments, WebChat chat, SignedFiles files)
{
    private const int MostFiles = 9;
    private const int MostActivity = 256 * 1024;
    private const long MostBody = 128L * 1024 * 1024;
    private const string TooBig = "这张照片太大了，没有收下。请发 10 MB 以内的照片。";
    private const string TooMany = "一次最多收 9 张照片，多出来的没有收下。";

    public async Task<IResult> Take(HttpContext http, Holder who)
    {
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type)
            || HeaderUtilities.RemoveQuotes(type.Boundary).ToString() is not { Length: > 0 and <= 200 } boundary)
            return DirectLineAccess.Error(400, "BadArgument", "An upload is multipart/form-data.");

        // The parts are read one by one and bounded each, so the body as a whole need not be.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = MostBody;
        JsonObject? activity = null;
        var kept = new List<(string Name, AttachmentRef File)>();
        var refusals = new List<string>();
        try
        {
            var parts = new MultipartReader(boundary, http.Request.Body);
            while (await parts.ReadNextSectionAsync(http.RequestAborted) is { } part)
            {
                if (part.ContentType == "application/vnd.microsoft.activity") activity = await Activity(part.Body, http.RequestAborted);
                else if (kept.Count == MostFiles) refusals.Add(TooMany);
                else await Keep(part, who, kept, refusals, http.RequestAborted);
            }
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException or JsonException)
        {
            return broken is BadHttpRequestException { StatusCode: 413 }
                ? await TooLarge(who)
                : DirectLineAccess.Error(400, "BadArgument", "The upload could not be read.");
        }
        activity ??= new JsonObject { ["type"] = "message" };
        Attach(activity, kept);
        var text = DirectLineEndpoints.TextOf(activity);
        var said = kept.Count > 0 || text.Length > 0 ? Activities.Meaning(activity, [.. kept.Select(file => file.File)], text) : null;
        return Results.Json(new { id = await chat.Post(who, activity, said, [.. refusals.Distinct()]) });
    }

    private async Task<IResult> TooLarge(Holder who)
    {
        await chat.Post(who, new JsonObject { ["type"] = "event", ["name"] = "upload/refused" }, null, [TooBig]);
        return DirectLineAccess.Error(413, "MessageSizeTooBig", "A picture may have 10 MB.");
    }

    private async Task Keep(MultipartSection part, Holder who, List<(string, AttachmentRef)> kept, List<string> refusals, CancellationToken ct)
    {
        var name = HeaderUtilities.RemoveQuotes(part.GetContentDispositionHeader()?.FileName ?? "").ToString().Replace("%22", "\"", StringComparison.Ordinal);
        var outcome = await pictures.Prepare(part.Body, ct);
        // What the checks did not read has to leave the line before the next part begins.
        await part.Body.CopyToAsync(Stream.Null, ct);
        if (outcome.Jpeg is null)
        {
            refusals.Add(outcome.Refusal ?? TooBig);
            return;
        }
        kept.Add((name, await attachments.Keep(new ConversationId(WebChat.Channel, who.Conversation), name, outcome.Jpeg, outcome.Thumbnail!, ct)));
    }

    private static async Task<JsonObject?> Activity(Stream body, CancellationToken ct)
    {
        using var held = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await body.ReadAsync(buffer, ct)) > 0)
        {
            if (held.Length + read > MostActivity) throw new InvalidDataException("The activity part is too large.");
            held.Write(buffer, 0, read);
        }
        return Activities.Parse(held.GetBuffer().AsMemory(0, (int)held.Length));
    }

    /// <summary>The activity's attachments get the addresses of their files, matched by name; those without a file go.</summary>
    private void Attach(JsonObject activity, List<(string Name, AttachmentRef File)> kept)
    {
        var attached = new JsonArray();
        var promised = (activity["attachments"] as JsonArray)?.OfType<JsonObject>().ToList() ?? [];
        foreach (var (name, file) in kept)
        {
            var mine = promised.Find(attachment => Activities.Word(attachment["name"]) == name);
            if (mine is not null) promised.Remove(mine);
            var entry = mine?.DeepClone().AsObject() ?? new JsonObject { ["name"] = name };
            entry["contentType"] = "image/jpeg";
            entry["contentUrl"] = files.For(file);
            attached.Add(entry);
        }
        activity["attachments"] = attached;
    }
}
