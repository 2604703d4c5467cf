namespace WuShe.Dialogs.Engine;

/// <summary>What a conversation remembers between turns.</summary>
internal sealed class ConversationState
{
    /// <summary>The dialog that brings a person to staff may come on top of these.</summary>
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

    /// <summary>Dialogs the system wanted to open while there was no room.</summary>
    public List<Parked> Waiting { get; } = [];

    public Run? Top => Runs.Count == 0 ? null : Runs[^1];

    public bool IsNew => LastAt == default;
}

internal sealed record Parked(string Dialog, string? Argument);

/// <summary>What stores may know about a saved state without understanding it.</summary>
public static class SavedState
{
    /// <summary>Whether a dialog is open in it: only such conversations need to be found by <see cref="IConversationStore.Idle"/>.</summary>
    public static bool HasOpenDialog(ReadOnlySpan<byte> state) => state.Length > 2 && (state[1] & StateFormat.OpenFlag) != 0;
}
