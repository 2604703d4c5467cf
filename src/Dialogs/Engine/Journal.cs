namespace WuShe.Dialogs.Engine;

internal enum EntryKind : byte
{
    Answer,
    Fetch,
    Perform,

    /// <summary>Words said for a question before it came up: they answer it when it does.</summary>
    Ahead,
}

/// <summary>
/// One recorded answer or result. An answer without a value is one taken back: its question is put explicitly, whatever a
/// prefill knows.
/// </summary>
internal sealed record Entry(string Key, EntryKind Kind, uint Fingerprint, ReadOnlyMemory<byte> Value)
{
    /// <summary>What people call it when they correct it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Put to the person, not found in what they had said before.</summary>
    public bool Asked { get; init; }

    /// <summary>Taken back once: never again prefilled.</summary>
    public bool Explicit { get; init; }

    /// <summary>The <see cref="Room"/> of an answer that takes pictures and has as many as it may.</summary>
    public const byte Full = 100;

    /// <summary>How many more pictures the answer takes; 0 when it takes none at all.</summary>
    public byte Room { get; init; }

    public bool HasValue => !Value.IsEmpty;

    public Entry TakenBack() => this with { Value = default, Explicit = true };

    /// <summary>Taken back, with the words that answer it when its question comes up again.</summary>
    public Entry Corrected(string words) => this with { Kind = EntryKind.Ahead, Value = Values.Write(words), Explicit = true };
}

/// <summary>The question that is open: what an answer must belong to.</summary>
internal sealed record PendingQuestion(string Key, uint Fingerprint, string Name, bool TakesPictures)
{
    public QuestionTraits Traits { get; init; }

    public bool Is(QuestionTraits trait) => (Traits & trait) != 0;
}

/// <summary>What the router must know of the open question before it lets words through to it. The values are stored.</summary>
[Flags]
internal enum QuestionTraits : byte
{
    None = 0,

    /// <summary>Any words would be an answer: whatever they surely mean otherwise comes first.</summary>
    TakesAnything = 1,

    /// <summary>People tell here what troubles them: only words that mend the conversation come first.</summary>
    AboutAnything = 2,

    Skippable = 4,

    /// <summary>The last question before something is done: 「不对」 asks to change something.</summary>
    Confirms = 8,
}

/// <summary>One dialog, opened and not finished.</summary>
internal sealed class Run
{
    public const int MaxEntries = 50;
    public const int MaxQuestions = 20;

    public required string Id { get; init; }
    public required string Dialog { get; init; }
    public required int Version { get; init; }
    public required DateTimeOffset BeganAt { get; init; }
    public string Opening { get; init; } = "";
    public IReadOnlyList<AttachmentRef> Pictures { get; init; } = [];
    public string? Argument { get; init; }

    /// <summary>Entries the last replay passed come first, in its order; answers to later questions follow.</summary>
    public List<Entry> Entries { get; set; } = [];

    /// <summary>How many entries the last replay passed; what was said up to there has been said. -1: nothing yet.</summary>
    public int Reached { get; set; } = -1;

    /// <summary>Something was performed: nothing before can be changed.</summary>
    public bool Sealed { get; set; }

    /// <summary>A Perform was begun and is not known to be done: the next message tries it again.</summary>
    public bool Interrupted { get; set; }

    public PendingQuestion? Pending { get; set; }
    public int Misses { get; set; }

    /// <summary>The person was asked which answer to change.</summary>
    public bool Choosing { get; set; }

    public Entry? Find(string key, int near)
    {
        if (near < Entries.Count && Entries[near].Key == key) return Entries[near];
        foreach (var entry in Entries)
            if (entry.Key == key) return entry;
        return null;
    }

    /// <summary>Opens the question of an earlier answer again; answers after it stay and count if they still belong.</summary>
    public void TakeBack(Entry entry)
    {
        var at = Entries.IndexOf(entry);
        Entries[at] = entry.TakenBack();
        Reached = Math.Min(Reached, at);
        Pending = new PendingQuestion(entry.Key, entry.Fingerprint, entry.Name, entry.Room > 0);
        Misses = 0;
        Choosing = false;
    }

    /// <summary>
    /// Opens an answer again whose question comes after the open one: it is put when its turn comes, or
    /// <paramref name="words"/> answer it then.
    /// </summary>
    public void TakeBackLater(Entry entry, string words) =>
        Entries[Entries.IndexOf(entry)] = words.Length > 0 ? entry.Corrected(words) : entry.TakenBack();

    /// <summary>Answers given before whose questions come after the one that is open now.</summary>
    public IEnumerable<Entry> Later() =>
        Entries.Skip(Math.Max(Reached, 0)).Where(entry => entry.Kind is EntryKind.Answer or EntryKind.Ahead && (entry.HasValue || entry.Explicit) && entry.Key != Pending?.Key);

    /// <summary>The answers that stand before the open question, in the order they were given.</summary>
    public IEnumerable<Entry> Answers() =>
        Entries.Take(Math.Max(Reached, 0)).Where(entry => entry.Kind == EntryKind.Answer && entry.HasValue);
}
