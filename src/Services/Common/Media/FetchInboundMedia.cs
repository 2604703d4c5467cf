using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WuShe.Dialogs;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Messages;

namespace WuShe.Services.Common.Media;

/// <summary>Fetches promised pictures, checks them like any other and stores them; tells the person when one is unusable.</summary>
public sealed partial class FetchInboundMedia(
    IDbContextFactory<CommunityDb> contexts, MediaWork work, TimeProvider time, ILogger<FetchInboundMedia> logger) : IJob
{
    private const int AtOnce = 8;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    public async Task Run(CancellationToken ct)
    {
        while (await Take(ct) is { Count: > 0 } taken)
            await Task.WhenAll(taken.Select(attachment => Fetch(attachment, ct)));
    }

    private async Task<List<Attachment>> Take(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var until = now + Lease;
        List<Attachment> taken = [];
        await using var db = await contexts.CreateDbContextAsync(ct);
        var waiting = db.Set<Attachment>().Where(a => a.State == AttachmentState.Expected && a.NextAttemptAt <= now);
        foreach (var attachment in await waiting.AsNoTracking().OrderBy(a => a.NextAttemptAt).Take(AtOnce).ToListAsync(ct))
        {
            var won = await waiting.Where(a => a.Id == attachment.Id).ExecuteUpdateAsync(set => set
                .SetProperty(a => a.NextAttemptAt, until).SetProperty(a => a.Attempts, a => a.Attempts + 1), ct);
            attachment.Attempts++;
            if (won == 1) taken.Add(attachment);
        }
        return taken;
    }

    private async Task Fetch(Attachment attachment, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            await work.Fetch(attachment, both.Token);
        }
        catch (MediaGoneException e)
        {
            Gone(logger, e.Message);
            await work.Fail(attachment, e.Message, "有一张照片没有收到，请重新发送。", ct);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            NotYet(logger, attachment.Attempts, e);
            await work.TryLater(attachment, e.GetType().Name, ct);
        }
    }

    [LoggerMessage(3201, LogLevel.Warning, "A promised picture is gone: {Reason}")]
    private static partial void Gone(ILogger logger, string reason);

    [LoggerMessage(3202, LogLevel.Warning, "A promised picture could not be fetched at attempt {Attempt}")]
    private static partial void NotYet(ILogger logger, int attempt, Exception error);
}

/// <summary>One promised picture: fetched and stored, failed, or tried later.</summary>
public sealed class MediaWork(
    IEnumerable<IMediaSource> sources, IPictures pictures, IFileStore files, ITransactions transactions, Outbox outbox)
{
    // WeChat keeps media for three days.
    private static readonly TimeSpan Patience = TimeSpan.FromDays(3);
    private readonly IMediaSource[] _sources = [.. sources];

    internal async Task Fetch(Attachment attachment, CancellationToken ct)
    {
        var source = Array.Find(_sources, s => s.Serves(attachment.Source!)) ?? throw new MediaGoneException("no source");
        PictureOutcome picture;
        await using (var content = await source.Open(attachment.Source!, ct)) picture = await pictures.Prepare(content, ct);
        if (picture.Jpeg is null || picture.Thumbnail is null)
        {
            await Fail(attachment, "no picture", picture.Refusal ?? "有一张照片打不开，请换一张再发。", ct);
            return;
        }
        await files.SaveBoth(attachment.Id, picture.Jpeg, picture.Thumbnail, ct);
        await Change(attachment, a => a.State = AttachmentState.Stored, ct);
    }

    internal Task Fail(Attachment attachment, string reason, string words, CancellationToken ct) => Change(attachment, a =>
    {
        a.State = AttachmentState.Failed;
        a.Outcome = reason.Length <= 200 ? reason : reason[..200];
    }, ct, words);

    internal Task TryLater(Attachment attachment, string reason, CancellationToken ct) =>
        attachment.NextAttemptAt - attachment.CreatedAt > Patience
            ? Fail(attachment, reason, "有一张照片没有收到，请重新发送。", ct)
            : Change(attachment, a =>
            {
                a.NextAttemptAt += BackOff.After(a.Attempts, refused: false, TimeSpan.Zero);
                a.Outcome = reason;
            }, ct);

    private Task<bool> Change(Attachment attachment, Action<Attachment> change, CancellationToken ct, string? words = null) =>
        transactions.Run(async (db, token) =>
        {
            var row = await db.Set<Attachment>().SingleAsync(a => a.Id == attachment.Id, token);
            change(row);
            if (words is not null)
                outbox.Owe(db, ConversationId.Parse(row.Conversation), $"media:{row.Id}", new Message(words));
            return true;
        }, ct);
}
