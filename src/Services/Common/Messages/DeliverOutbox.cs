using Microsoft.Extensions.Logging;
using WuShe.Dialogs;

namespace WuShe.Services.Common.Messages;

/// <summary>
/// Delivers what is owed: in order for each person, once as far as the channel can tell, again and again while the
/// platform is busy, by another conversation of the same resident where one channel refuses.
/// </summary>
public sealed partial class DeliverOutbox(
    OutboxQueue queue, Delivery delivery, IWake wake, TimeProvider time, ILogger<DeliverOutbox> logger) : IJob
{
    // All rows taken are under way at once, so that every lease covers its whole delivery.
    private const int AtOnce = 16;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private int _wanted;

    /// <summary>Returns when nothing more is due. A call while another is at work makes that one look again and returns.</summary>
    public async Task Run(CancellationToken ct)
    {
        if (Interlocked.Increment(ref _wanted) > 1) return;
        try
        {
            int seen;
            do
            {
                seen = Volatile.Read(ref _wanted);
                await DeliverDue(ct);
            }
            while (Interlocked.CompareExchange(ref _wanted, 0, seen) != seen);
        }
        catch
        {
            Volatile.Write(ref _wanted, 0);
            throw;
        }
    }

    private async Task DeliverDue(CancellationToken ct)
    {
        while (await queue.Take(AtOnce, ct) is { Count: > 0 } rows)
            await Task.WhenAll(rows.Select(row => Deliver(row, ct)));
        OutboxMetrics.OldestDue(await queue.OldestDue(ct), time);
    }

    private async Task Deliver(OutboxMessage row, CancellationToken ct)
    {
        var outcome = await Attempt(row, ct);
        var now = time.GetUtcNow();
        row.Outcome = outcome.Reason.Length <= 200 ? outcome.Reason : outcome.Reason[..200];
        row.Parked = outcome.Result == DeliveryResult.Refused || (outcome.Result == DeliveryResult.Held && row.Parked);
        if (outcome.Result == DeliveryResult.Delivered)
        {
            row.FinishedAt = row.DeliveredAt = now;
        }
        else if (now - row.DueAt is var owedFor && outcome.Result == DeliveryResult.Held)
        {
            // No attempt: those that follow count anew, so that none is given up for having waited. What was refused before
            // keeps its rare tries: it must not be what tries first when the channel may speak again.
            if (!row.Parked) row.Attempts = 0;
            var next = now + BackOff.After(row.Attempts, row.Parked, owedFor);
            row.NextAttemptAt = outcome.Until is { } until && (until > next || !row.Parked) ? until : next;
        }
        else if (owedFor >= (row.Parked ? BackOff.RefusedPatience : BackOff.Patience) && row.Attempts >= BackOff.LeastTries)
        {
            row.FinishedAt = now;
            GivenUp(logger, ConversationId.Parse(row.To).Channel, row.Attempts, row.Outcome);
        }
        else
        {
            row.NextAttemptAt = now + BackOff.After(row.Attempts, row.Parked, owedFor);
        }
        await queue.Note(row, CancellationToken.None);
        OutboxMetrics.Attempted(outcome.Result);
        if (row.FinishedAt is null) wake.OutboxAt(row.NextAttemptAt);
    }

    private async Task<DeliveryOutcome> Attempt(OutboxMessage row, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            return await delivery.Of(row, both.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return DeliveryOutcome.Retry("timeout");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failed(logger, ConversationId.Parse(row.To).Channel, row.Attempts, e);
            return DeliveryOutcome.Retry(e.GetType().Name);
        }
    }

    [LoggerMessage(3001, LogLevel.Warning, "A delivery on {Channel} failed at attempt {Attempt}")]
    private static partial void Failed(ILogger logger, string channel, int attempt, Exception error);

    [LoggerMessage(3002, LogLevel.Error, "A delivery on {Channel} was given up after {Attempts} attempts: {Outcome}")]
    private static partial void GivenUp(ILogger logger, string channel, int attempts, string outcome);
}
