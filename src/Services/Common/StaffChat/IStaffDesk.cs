using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Common.StaffChat;

/// <summary>
/// Acts on what staff tap and write in their chats. Rights are checked again for every act. All calls may come twice for the
/// same tap or message.
/// </summary>
public interface IStaffDesk
{
    Task<StaffAnswer> Tapped(StaffTap tap, CancellationToken ct);

    Task<StaffAnswer> Said(StaffWords said, CancellationToken ct);

    /// <summary>Somebody who is not in the staff list tapped a card: nothing happens, and the admins are told.</summary>
    Task Refused(StrangersTap tap, CancellationToken ct);
}

/// <summary>A tap on the button <paramref name="Key"/> of the card <paramref name="CardId"/>.</summary>
public sealed record StaffTap(StaffActor By, string CardId, string Key);

/// <summary>What a member of staff wrote to the bot, cleaned of control characters and of the bot's own name.</summary>
public sealed record StaffWords(StaffActor By, string Words)
{
    /// <summary>The message it answers; empty when it answers none.</summary>
    public string Quoted { get; init; } = "";
}

/// <summary>What the person who tapped or wrote is told. The card, where there is one, is shown with the words.</summary>
public sealed record StaffAnswer(string Words)
{
    public StaffCard? Card { get; init; }

    /// <summary>What was written was meant for colleagues, not for the desk: a group shows it to everybody.</summary>
    public bool IsTalk { get; init; }
}

/// <summary>A tap of nobody we know. <paramref name="Chat"/> names the chat in Chinese, <paramref name="Person"/> is the id there.</summary>
public sealed record StrangersTap(string Chat, string Person, string CardId);
