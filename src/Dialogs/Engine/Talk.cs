using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using WuShe.Dialogs.Routing;

namespace WuShe.Dialogs.Engine;

/// <summary>One turn's work on a conversation: opens, replays and ends dialogs, and gathers what is said.</summary>
internal sealed class Talk(ConversationState state, DialogCatalog catalog, Turn turn, DateTimeOffset now, ISeal seal, ILogger logger)
{
    private const int MaxOpening = 500;

    /// <summary>Of words kept beside the ways to go on with them.</summary>
    private const int MaxOffered = 250;
    private const int MaxPictures = 9;
    private const int MaxParked = 8;

    /// <summary>Of all parked words together: a conversation's state must stay small.</summary>
    private const int MaxParkedWords = 300;
    private static readonly string[] RetryOptions = [Phrases.Retry, Phrases.GiveUp];

    private readonly List<Message> _replies = new(4);
    private int _opened;
    private bool _handedBack;

    internal ConversationState State => state;

    internal IReadOnlyList<Message> Replies => _replies;

    internal DateTimeOffset Now => now;

    internal void Say(Message message) => _replies.Add(message);

    /// <summary>For the number to call: it stands before every notice about long words, lost state or closed dialogs.</summary>
    internal void SayFirst(Message message) => _replies.Insert(0, message);

    internal void SayMenu(string text) => Say(new Message(text) { Options = catalog.Menu });

    internal string Title(Run run) => catalog.Find(run.Dialog)?.Title ?? "";

    /// <summary>Opens a dialog on top of whatever is open; one that is open already comes to the top instead.</summary>
    internal ValueTask Open(DialogEntry entry, string opening = "", IReadOnlyList<AttachmentRef>? pictures = null, string? argument = null)
    {
        var open = state.Runs.FindIndex(run => run.Dialog == entry.Name && run.Argument == argument);
        if (open >= 0)
        {
            var run = state.Runs[open];
            state.Runs.RemoveAt(open);
            state.Runs.Add(run);
            Say(Phrases.InTheMiddle(entry.Title));
            return Continue(default);
        }
        // The ways to a person are never full.
        if (state.Runs.Count >= ConversationState.MaxRuns + (entry.HandsOver || entry.Alarms ? 2 : 0)) return NoRoom(entry, argument);
        var words = Understanding.Plain.Limit(opening, MaxOpening);
        if (words.Cut) Say(Phrases.OpeningCut);
        if (pictures is { Count: > MaxPictures }) Say(Phrases.TooManyPictures(MaxPictures));
        state.Runs.Add(NewRun(entry, words.Text, Questions.Pictures.Take(pictures ?? [], MaxPictures), argument));
        (state.Dropped, state.Misses) = (null, 0);
        return Continue(default);
    }

    /// <summary>Drops the open dialog and goes on with what lies under it.</summary>
    internal ValueTask Drop()
    {
        state.Runs.RemoveAt(state.Runs.Count - 1);
        return Resume() ? Continue(default) : default;
    }

    /// <summary>Like <see cref="Continue"/>, but words that do not fit the open question are handed back: false, and nothing was said.</summary>
    internal async ValueTask<bool> Try(Heard heard)
    {
        _handedBack = false;
        await Continue(heard with { Tentative = true });
        return !_handedBack;
    }

    /// <summary>The earlier answer that a correction without a name speaks of; nothing is said or changed.</summary>
    internal Entry? Seek(Run run, Correction said)
    {
        if (run.Sealed || catalog.Find(run.Dialog) is not { } entry || entry.Version != run.Version) return null;
        var chat = new Chat(run, new Resident(turn.Conversation), new Heard(null) { Seeks = said }, []);
        _ = new Replay(entry.Dialog, run, chat, seal).Recall();
        return chat.Sought;
    }

    /// <summary>Ways to go on with what was said, until the next message.</summary>
    internal void Offer(string words, IReadOnlyList<Way> ways, string text)
    {
        var kept = Understanding.Plain.Limit(words, MaxOffered);
        if (kept.Cut) Say(Phrases.CutAt(MaxOffered));
        state.Offer = new Offer(kept.Text, ways);
        Say(new Message(text) { Options = [.. ways.Select(way => way.Label)] });
    }

    internal void SayNotDone() => Say(new Message(Phrases.NotDone) { Options = RetryOptions });

    /// <summary>Replays the open dialog with what was heard, until a question is open or nothing is left to do.</summary>
    internal async ValueTask Continue(Heard heard)
    {
        while (Current(ref heard) is var (run, entry))
        {
            var before = _replies.Count;
            var chat = new Chat(run, new Resident(turn.Conversation), heard, _replies);
            var replay = new Replay(entry.Dialog, run, chat, seal);
            switch (await replay.Go(CancellationToken.None))
            {
                case ReplayEnd.Suspended when heard.Tentative && replay.Open!.Missed:
                    _replies.RemoveRange(before, _replies.Count - before);
                    _handedBack = true;
                    return;
                case ReplayEnd.Suspended:
                    Suspend(run, chat, replay.Open!, heard);
                    return;
                case ReplayEnd.PerformFailed:
                    EngineLog.PerformFailed(logger, run.Dialog, replay.Error!);
                    Interrupt(run, chat);
                    return;
                case ReplayEnd.Faulted:
                    EngineLog.DialogFailed(logger, run.Dialog, replay.Error!);
                    if (run.Interrupted || replay.Performed)
                    {
                        Interrupt(run, chat);
                        return;
                    }
                    if (!Recover(run, entry, heard, before)) return;
                    break;
                case ReplayEnd.Finished:
                    state.Runs.Remove(run);
                    if (!Resume()) return;
                    break;
            }
            heard = default;
        }
    }

    /// <summary>The dialog on top, after dropping unknown ones and restarting changed ones; null when none is left.</summary>
    private (Run Run, DialogEntry Entry)? Current(ref Heard heard)
    {
        while (state.Top is { } run)
        {
            var entry = catalog.Find(run.Dialog);
            if (entry is not null && entry.Version == run.Version) return (run, entry);
            heard = default;
            state.Runs.Remove(run);
            if (entry is not null && !run.Sealed)
            {
                Say(Phrases.Restarted(entry.Title));
                state.Runs.Add(NewRun(entry, run.Opening, run.Pictures, run.Argument));
                continue;
            }
            if (entry is null) EngineLog.UnknownDialog(logger, run.Dialog);
            Say(entry is null ? Phrases.Gone : Phrases.BrokenOff(entry.Title));
            if (!Resume()) return null;
        }
        return null;
    }

    private void Suspend(Run run, Chat chat, IAsk ask, Heard heard)
    {
        if (heard.Input is not null && !chat.InputUsed) Say(Phrases.QuestionChanged);
        run.Entries = chat.Merge();
        run.Reached = chat.Reached;
        run.Misses = ask.Missed ? run.Misses + 1 : run.Pending?.Key == ask.Pending.Key ? run.Misses : 0;
        run.Pending = ask.Pending;
        run.Interrupted = false;
        Say(ask.Put(heard.Put, ask.Missed ? run.Misses : 0));
    }

    private void Interrupt(Run run, Chat chat)
    {
        run.Entries = chat.Merge();
        run.Reached = chat.Reached;
        run.Pending = null;
        run.Interrupted = true;
        SayNotDone();
    }

    /// <summary>After a fault: the open question stays, nothing of this turn is recorded. True to go on with what is on top.</summary>
    private bool Recover(Run run, DialogEntry entry, Heard heard, int before)
    {
        _replies.RemoveRange(before, _replies.Count - before);
        if (run.Pending is null)
        {
            state.Runs.Remove(run);
            Say(Phrases.CannotNow(entry.Title));
            return Resume();
        }
        if (heard.Input is not null || heard.Pictures is not null)
        {
            Say(Phrases.Trouble);
            return true;
        }
        if (_replies.Count == 0 || _replies[^1].Text != Phrases.Trouble) Say(Phrases.CannotNow(entry.Title));
        if (state.LastSaid is [.., { Text.Length: > 0 } last]) Say(last);
        return false;
    }

    /// <summary>Announces what is gone on with after a dialog ended; false when nothing is.</summary>
    private bool Resume()
    {
        if (state.Top is { } next)
        {
            if (Title(next) is { Length: > 0 } title) Say(Phrases.GoOn(title));
            return true;
        }
        while (state.Waiting.Count > 0)
        {
            var parked = state.Waiting[0];
            state.Waiting.RemoveAt(0);
            if (catalog.Find(parked.Dialog) is not { } entry) continue;
            if (parked.Words.Length > 0) Say(Phrases.NowTheOther(parked.Words));
            state.Runs.Add(NewRun(entry, parked.Words, [], parked.Argument));
            return true;
        }
        return false;
    }

    /// <summary>Keeps a dialog for later; false when too many are waiting, or too many words.</summary>
    internal bool Park(Parked parked)
    {
        var words = Understanding.Plain.Limit(parked.Words, MaxParkedWords);
        if (state.Waiting.Count >= MaxParked) return false;
        if (words.Text.Length > 0 && state.Waiting.Sum(one => one.Words.Length) + words.Text.Length > MaxParkedWords) return false;
        if (words.Cut) Say(Phrases.CutAt(MaxParkedWords));
        state.Waiting.Add(parked with { Words = words.Text });
        return true;
    }

    private ValueTask NoRoom(DialogEntry entry, string? argument)
    {
        if (turn.Input.Kind == InputKind.Opened && turn.Window is null)
        {
            Park(new Parked(entry.Name, argument));
            return default;
        }
        Say(Phrases.StackFull);
        return Continue(default);
    }

    private Run NewRun(DialogEntry entry, string opening, IReadOnlyList<AttachmentRef> pictures, string? argument) => new()
    {
        Id = NewRunId(entry.Name),
        Dialog = entry.Name,
        Version = entry.Version,
        BeganAt = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds()),
        Opening = opening,
        Pictures = pictures,
        Argument = argument,
    };

    /// <summary>The same when the turn runs again after a crash, so that what it performs is done once.</summary>
    private string NewRunId(string dialog)
    {
        var source = $"{turn.Conversation.Channel}\n{turn.Conversation.Address}\n{turn.MessageId}\n{dialog}\n{_opened++}";
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(source), hash);
        return Convert.ToHexStringLower(hash[..12]);
    }
}
