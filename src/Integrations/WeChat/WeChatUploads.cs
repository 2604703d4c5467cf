using StackExchange.Redis;
using WuShe.Dialogs;
using WuShe.Services.Common;

namespace WuShe.Integrations.WeChat;

/// <summary>
/// Our pictures on the platform: uploaded once for all who get them, since the platform keeps an upload for three days. An id
/// that it does not know any more is forgotten by <see cref="Forget"/>, and the next try uploads anew.
/// </summary>
public sealed class WeChatUploads(WeChatApi api, IFileStore files, IConnectionMultiplexer redis)
{
    /// <summary>Shorter than the platform's three days, so that none ends between our look and its use.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(2.5);

    /// <summary>The media id; or the code of a refusal; or neither when there is no such picture.</summary>
    internal async Task<(string? MediaId, int Code)> Of(WeChatAccount account, AttachmentRef picture, CancellationToken ct)
    {
        var db = redis.GetDatabase();
        if (await db.StringGetAsync(Key(account, picture)) is { IsNullOrEmpty: false } known) return (known.ToString(), 0);
        await using var file = await files.Open(picture.Id, ct);
        if (file is null) return (null, 0);
        using var jpeg = new MemoryStream();
        await file.CopyToAsync(jpeg, ct);
        var upload = await api.Upload(account, jpeg.ToArray(), ct);
        if (upload is not { Code: 0, MediaId: { Length: > 0 } media }) return (null, upload.Code == 0 ? -1 : upload.Code);
        await db.StringSetAsync(Key(account, picture), media, Kept);
        return (media, 0);
    }

    internal Task Forget(WeChatAccount account, AttachmentRef picture) => redis.GetDatabase().KeyDeleteAsync(Key(account, picture));

    private static RedisKey Key(WeChatAccount account, AttachmentRef picture) => $"wushe:wechat:media:{account.AppId}:{picture.Id}";
}
