using WuShe.Dialogs;
using WuShe.Integrations.WeChat;
using WuShe.Services.Common;

namespace WuShe.Bot.Channels;

/// <summary>A direct answer: a text, or the card that stands for it.</summary>
public readonly record struct WeChatReply(string? Text, WeChatCard? Card)
{
    public bool IsNothing => string.IsNullOrEmpty(Text);
}

/// <summary>
/// Runs a push as a turn and waits for its replies as long as the platform does. A turn that takes longer goes on alone and
/// what it says goes out as owed; so does what does not fit into the one text a direct answer may be.
/// </summary>
public sealed partial class WeChatTurns(
    ITurns turns, IOwedReplies owed, IInboundMedia media, IFollowers followers, IWeChatContact contact, WeChatCards cards, IEnumerable<IWeChatReports> reports,
    TimeProvider time, Microsoft.Extensions.Options.IOptions<WeChatOptions> options, ILogger<WeChatTurns> log)
{
    private readonly TimeSpan _patience = options.Value.ReplyWithin;

    /// <summary>The direct answer; nothing when there is none, or none in time.</summary>
    /// <param name="account">Whom the push was for.</param>
    /// <param name="message">What it says.</param>
    /// <param name="arrived">When, as a timestamp of the <see cref="TimeProvider"/>.</param>
    public async ValueTask<WeChatReply> Run(WeChatAccount account, WeChatMessage message, long arrived)
    {
        if (message.From.Length is 0 or > 64) return default;
        // No token from the request: the work goes on when the platform hangs up, its next delivery fetches the result.
        var window = new ReplyWindow();
        var work = Work(account, message, window);
        if (work.IsCompleted) return await work;
        try
        {
            return await work.WaitAsync(Left(_patience < WeChatTyping.After ? _patience : WeChatTyping.After, arrived), time);
        }
        catch (TimeoutException)
        {
            if (work.IsCompleted) return await work;
            // The person wonders whether anybody is there.
            contact.Waits(account, message.From);
        }

        try
        {
            return await work.WaitAsync(Left(_patience, arrived), time);
        }
        catch (TimeoutException)
        {
            // It may have ended just now, or claimed the window and be about to answer.
            if (work.IsCompleted || !window.TryClose()) return await work;
            LogLate(account.Name);
            _ = Watch(work, account);
            return default;
        }
    }

    private TimeSpan Left(TimeSpan of, long arrived) => of - time.GetElapsedTime(arrived) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    private async Task<WeChatReply> Work(WeChatAccount account, WeChatMessage message, ReplyWindow window)
    {
        var from = new ConversationId(account.Channel, message.From);
        contact.Acted(account, message);
        if (message.IsEvent)
        {
            await NoteFollower(from, message.Event);
            foreach (var report in reports) await report.Note(account, message, CancellationToken.None);
        }

        if (await WeChatInput.From(message, from, account.Name, media, CancellationToken.None) is not { } input) return default;
        var turn = new Turn(from, message.DedupeKey, input) { Window = window };
        var result = await turns.Run(turn, CancellationToken.None);
        // What the person did opens the platform's window again; nobody waits for what follows from that.
        _ = NoteSpoken(from);
        return result.Late ? await Owe(turn, result) : await Direct(account, turn, result.Replies);
    }

    /// <summary>The same for a re-delivery of a late turn: its replies are owed once, so that nobody is told twice.</summary>
    private async ValueTask<WeChatReply> Owe(Turn turn, TurnResult result)
    {
        if (result.Replies.Count > 0) await owed.Owe(turn, result.Replies, CancellationToken.None);
        await turns.Settle(turn, CancellationToken.None);
        return default;
    }

    /// <summary>What fits into one text; pictures and the words beyond its limit follow as customer-service messages.</summary>
    private async ValueTask<WeChatReply> Direct(WeChatAccount account, Turn turn, IReadOnlyList<Message> replies)
    {
        if (replies.Count == 0) return default;
        if (cards.Of(account, replies) is { } card) return new WeChatReply(replies[0].Text, card);
        var (head, tail) = WeChatText.Cut(WeChatText.Of(replies));
        var later = new List<Message>();
        if (tail.Length > 0) later.Add(new Message(tail));
        foreach (var reply in replies)
            if (reply.Picture is not null) later.Add(new Message("") { Picture = reply.Picture });
        if (later.Count > 0) await owed.Owe(turn, later, CancellationToken.None);
        return new WeChatReply(head, null);
    }

    private Task NoteFollower(ConversationId who, string what) => what switch
    {
        "subscribe" => followers.Followed(who, CancellationToken.None),
        "unsubscribe" => followers.Unfollowed(who, CancellationToken.None),
        _ => Task.CompletedTask,
    };

    private async Task NoteSpoken(ConversationId who)
    {
        try
        {
            await followers.Spoke(who, CancellationToken.None);
        }
#pragma warning disable CA1031 // The last place that sees it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogNotReconsidered(failure);
        }
    }

    /// <summary>Nobody waits for this task any more; its failure is told here. The turn stays noted as unfinished and is taken up again.</summary>
    private async Task Watch(Task<WeChatReply> work, WeChatAccount account)
    {
        try
        {
            await work;
        }
#pragma warning disable CA1031 // The last place that sees it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogLateFailure(account.Name, failure);
        }
    }

    [LoggerMessage(3102, LogLevel.Information, "A turn on the WeChat account {Account} takes longer than its direct answer may; its replies will follow")]
    private partial void LogLate(string account);

    [LoggerMessage(3103, LogLevel.Error, "A late turn on the WeChat account {Account} failed; it will be taken up again")]
    private partial void LogLateFailure(string account, Exception failure);

    [LoggerMessage(3104, LogLevel.Warning, "Messages that were refused before could not be tried again now; they come at their next try")]
    private partial void LogNotReconsidered(Exception failure);
}
