namespace WuShe.Dialogs.Engine;

/// <summary>What a conversation remembers between turns.</summary>
internal sealed class ConversationState
{
    /// <summary>The dialogs that bring a person to staff and that alert staff may come on top of these.</summary>
    public const int MaxRuns = 3;

    /// <summary>Open dialogs; the last is the one being talked about, the others wait under it.</summary>
    public List<Run> Runs { get; } = new(MaxRuns);

    public bool Greeted { get; set; }

    /// <summary>The open dialog has been reminded of since the person last said something.</summary>
    public bool Reminded { get; set; }

    /// <summary>When the person last said or opened something.</summary>
    public DateTimeOffset LastAt { get; set; }

    /// <summary>The title of a dialog that ran out of time and has not been told of.</summary>
    public string Expired { get; set; } = "";

    /// <summary>The bytes could not be read: the person is told that something was lost.</summary>
    public bool Lost { get; init; }

    /// <summary>The last replies, for 「重复」 and for the numbers of their options.</summary>
    public IReadOnlyList<Message> LastSaid { get; set; } = [];

    /// <summary>Dialogs the system wanted to open while there was no room, and second requests made inside a first.</summary>
    public List<Parked> Waiting { get; } = [];

    /// <summary>Two or three ways to go on that the last reply offered beside an answer.</summary>
    public Offer? Offer { get; set; }

    /// <summary>What was cancelled last: 「恢复」 brings it back until another dialog begins.</summary>
    public Run? Dropped { get; set; }

    /// <summary>How often in a row nothing was understood while no dialog was open.</summary>
    public int Misses { get; set; }

    public Run? Top => Runs.Count == 0 ? null : Runs[^1];

    public bool IsNew => LastAt == default;
}

/// <summary>A dialog for later, with the words that asked for it.</summary>
internal sealed record Parked(string Dialog, string? Argument, string Words = "");

/// <summary>Ways to go on with what was said; each has a button.</summary>
internal sealed record Offer(string Words, IReadOnlyList<Way> Ways)
{
    /// <summary>The way whose button was pressed; null when something else was said.</summary>
    public Way? Taken(string text)
    {
        foreach (var way in Ways)
            if (way.Label == text) return way;
        return null;
    }
}

/// <summary>A button and what it does: one of the codes below, or an intent.</summary>
internal sealed record Way(string Label, string Means)
{
    /// <summary>Goes on with the open dialog.</summary>
    public const string GoOn = "$go-on";

    /// <summary>Leaves the open dialogs and begins with the words.</summary>
    public const string Afresh = "$afresh";
}

/// <summary>What stores may know about a saved state without understanding it.</summary>
public static class SavedState
{
    /// <summary>
    /// Stores keep a state so long after its last turn: longer than a draft lives, so that whoever comes back later is told
    /// that it was closed. What acts of a conversation leave behind to be done only once must be kept longer still.
    /// </summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(40);

    /// <summary>Whether a dialog is open in it: only such conversations need to be found by <see cref="IConversationStore.Idle"/>.</summary>
    public static bool HasOpenDialog(ReadOnlySpan<byte> state) => state.Length > 2 && (state[1] & StateFormat.OpenFlag) != 0;
}
