using WuShe.Dialogs.Routing;

namespace WuShe.Dialogs.Engine;

/// <summary>The person a conversation is with, as far as the engine needs to know.</summary>
public sealed record Resident(ConversationId Conversation);

/// <summary>Names one act for ever, so that it is done once however often it is asked for.</summary>
public readonly record struct IdempotencyKey(string Value)
{
    public override string ToString() => Value;
}

/// <summary>A dialog's handle on the conversation, for one turn.</summary>
public sealed class Chat
{
    private readonly Run _run;
    private readonly Heard _heard;
    private readonly List<Message> _replies;
    private readonly List<Entry> _reached = new(8);
    private int _answers;
    private bool _closed;

    internal Chat(Run run, Resident resident, Heard heard, List<Message> replies) =>
        (_run, Resident, _heard, _replies) = (run, resident, heard, replies);

    public Resident Resident { get; }

    /// <summary>UTC, fixed when the run began.</summary>
    public DateTimeOffset Now => _run.BeganAt;

    /// <summary>The words that opened the dialog, when they said more than an opening phrase; else empty. At most 500 characters.</summary>
    public string Opening => _run.Opening;

    /// <summary>Pictures that came with the opening words; at most nine.</summary>
    public IReadOnlyList<AttachmentRef> OpeningPictures => _run.Pictures;

    /// <summary>What the dialog was opened about (a case id), when something other than words opened it.</summary>
    public string? Argument => _run.Argument;

    /// <summary>How many questions have been put to the person so far in this run (prefilled ones do not count).</summary>
    public int Asked { get; private set; }

    internal Operation? Waiting { get; private set; }

    internal Exception? Fault { get; private set; }

    internal bool InputUsed { get; private set; }

    /// <summary>The earlier answer that a correction without its name speaks of (<see cref="Heard.Seeks"/>).</summary>
    internal Entry? Sought { get; private set; }

    internal int Reached => _reached.Count;

    /// <summary>
    /// Puts a question, unless its answer is recorded or can be found in what was said.
    /// Throws when the dialog asks twice at once or more than twenty questions.
    /// </summary>
    public Answer<T> Ask<T>(string key, Question<T> question)
    {
        key = Enter(key);
        var fingerprint = question.Fingerprint();
        var entry = _run.Find(key, _reached.Count);
        if (entry is { Kind: EntryKind.Answer, HasValue: true } && entry.Fingerprint == fingerprint
            && Values.TryRead<T>(entry.Value, out var recorded)) return new Answer<T>(Recall(entry, recorded, question));
        if (Hears(key, fingerprint))
        {
            var reading = question.Answer(_heard.Input!);
            InputUsed = true;
            if (reading.Fits && !(reading.Doubtful && _run.Misses == 0)) return new Answer<T>(RecordAnswer(key, fingerprint, question, reading, entry, asked: true));
            if (reading is { Fits: false, Note: not null }) _replies.Add(reading.Note);
            return Wait(key, fingerprint, question, missed: true);
        }
        if (entry is { Kind: EntryKind.Ahead } && Values.TryRead<string>(entry.Value, out var ahead) && question.Answer(Input.Say(ahead)) is { Fits: true } given)
            return new Answer<T>(RecordAnswer(key, fingerprint, question, given, entry, asked: true, changed: Input.Say(ahead)));
        if (entry is not { Explicit: true } && question.TryPrefill(out var known))
            return new Answer<T>(RecordAnswer(key, fingerprint, question, Reading.Of<T>(known), null, asked: false));
        return Wait(key, fingerprint, question, missed: false);
    }

    /// <summary>
    /// Reads something once for these <paramref name="inputs"/> and records it; read again only when they change.
    /// </summary>
    public Answer<T> Fetch<T>(string key, object inputs, Func<CancellationToken, Task<T>> read)
    {
        key = Enter(key);
        var fingerprint = Values.Fingerprint(inputs);
        var entry = _run.Find(key, _reached.Count);
        if (entry is { Kind: EntryKind.Fetch } && entry.Fingerprint == fingerprint && Values.TryRead<T>(entry.Value, out var recorded))
        {
            _reached.Add(entry);
            return new Answer<T>(recorded);
        }
        var operation = new FetchOperation<T>(this, key, fingerprint, read);
        Waiting = operation;
        return new Answer<T>(operation);
    }

    /// <summary>
    /// Does something once. The conversation is saved before it starts, and answers before it can no longer be changed.
    /// After a failure or a crash it is tried again with the same key.
    /// </summary>
    public Answer<T> Perform<T>(string key, Func<IdempotencyKey, CancellationToken, Task<T>> act)
    {
        key = Enter(key);
        var entry = _run.Find(key, _reached.Count);
        if (entry is { Kind: EntryKind.Perform })
        {
            _reached.Add(entry);
            return new Answer<T>(Values.Read<T>(entry.Value));
        }
        var operation = new PerformOperation<T>(this, key, act);
        Waiting = operation;
        return new Answer<T>(operation);
    }

    /// <summary>Says something once, however often the dialog is replayed.</summary>
    public void Say(Message message)
    {
        if (_closed) throw Refuse("speaks after its turn");
        if (_reached.Count > _run.Reached) _replies.Add(message);
    }

    internal InvalidOperationException Refuse(string what)
    {
        var refusal = new InvalidOperationException($"Dialog {_run.Dialog} {what}.");
        Fault ??= refusal;
        return refusal;
    }

    internal T Record<T>(Entry entry, T value)
    {
        _reached.Add(entry);
        // What later turns will see is what this one goes on with: a type that does not survive JSON shows at once.
        return entry.Kind == EntryKind.Answer ? value : Values.Read<T>(entry.Value);
    }

    internal void Resumed() => Waiting = null;

    internal void Close() => _closed = true;

    /// <summary>What is recorded now: what this replay passed, then the answers to questions it has not come to.</summary>
    internal List<Entry> Merge()
    {
        var passed = _reached.Count;
        var merged = new List<Entry>(Math.Max(passed, _run.Entries.Count) + 1);
        merged.AddRange(_reached);
        foreach (var entry in _run.Entries)
            if (merged.Count < Run.MaxEntries && !Passed(entry.Key, passed)) merged.Add(entry);
        return merged;
    }

    private bool Passed(string key, int count)
    {
        for (var i = 0; i < count; i++)
            if (_reached[i].Key == key) return true;
        return false;
    }

    private string Enter(string key)
    {
        if (_closed) throw Refuse("goes on after its turn");
        if (Waiting is not null) throw Refuse($"asks for {key} while something else is waited for");
        if (_reached.Count >= Run.MaxEntries) throw Refuse($"has more than {Run.MaxEntries} entries");
        var times = 1;
        foreach (var entry in _reached)
            if (entry.Key.StartsWith(key, StringComparison.Ordinal)
                && (entry.Key.Length == key.Length || entry.Key[key.Length] == '#')) times++;
        return times == 1 ? key : $"{key}#{times}";
    }

    private bool Hears(string key, uint fingerprint) =>
        !InputUsed && _heard.Input is not null && _run.Pending is { } pending && pending.Key == key && pending.Fingerprint == fingerprint;

    private T Recall<T>(Entry entry, T value, Question<T> question)
    {
        Count(entry.Asked);
        if (_heard.Pictures is { Count: > 0 } more && _heard.PicturesFor == entry.Key)
        {
            value = question.AddPictures(value, more);
            entry = entry with { Value = Values.Write(value), Room = Room(question, value) };
        }
        if (_heard.Seeks is { } seeks && question.WasSaid(value, seeks)) Sought = entry;
        _reached.Add(entry);
        return value;
    }

    private T RecordAnswer<T>(string key, uint fingerprint, Question<T> question, Reading<T> reading, Entry? before, bool asked, Input? changed = null)
    {
        Count(asked);
        var entry = new Entry(key, EntryKind.Answer, fingerprint, Values.Write(reading.Value))
        {
            Name = question.Name,
            Asked = asked,
            Explicit = before is { Explicit: true },
            Room = Room(question, reading.Value),
        };
        Record(entry, reading.Value);
        if ((changed ?? (asked && _heard.Changes ? _heard.Input : null)) is { } said) Say(Phrases.Changed(question.Name, question.Shown(reading.Value, said)));
        if (reading.Note is not null) Say(reading.Note);
        return reading.Value;
    }

    private static byte Room<T>(Question<T> question, T value) =>
        !question.TakesPictures ? (byte)0 : question.PictureRoom(value) is > 0 and var room ? (byte)Math.Min(room, Entry.Full - 1) : Entry.Full;

    private void Count(bool asked)
    {
        if (asked) Asked++;
        _answers++;
    }

    private Answer<T> Wait<T>(string key, uint fingerprint, Question<T> question, bool missed)
    {
        if (_answers >= Run.MaxQuestions) throw Refuse($"asks more than {Run.MaxQuestions} questions");
        var pending = new PendingQuestion(key, fingerprint, question.Name, question.TakesPictures) { Traits = question.Traits };
        var operation = new AskOperation<T>(this, question, pending, missed);
        Waiting = operation;
        return new Answer<T>(operation);
    }
}

/// <summary>What one replay is given besides the journal: the answer to the open question, or pictures for an earlier one.</summary>
internal readonly record struct Heard(Input? Input)
{
    /// <summary>Pictures added to the answer under <see cref="PicturesFor"/>.</summary>
    public IReadOnlyList<AttachmentRef>? Pictures { get; init; }

    public string? PicturesFor { get; init; }

    /// <summary>The words replace an earlier answer: the person is told what it is now.</summary>
    public bool Changes { get; init; }

    /// <summary>Words that do not fit are handed back instead of missed: they may mean something else.</summary>
    public bool Tentative { get; init; }

    /// <summary>What a correction says without naming the answer it corrects: nothing is answered, the answer it fits is found.</summary>
    public Correction? Seeks { get; init; }

    /// <summary>How the question that is open afterwards is put.</summary>
    public Putting Put { get; init; }
}
