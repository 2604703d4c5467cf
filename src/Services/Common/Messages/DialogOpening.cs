using WuShe.Dialogs;

namespace WuShe.Services.Common.Messages;

/// <summary>Opens dialogs that are owed: a turn that nobody's message caused.</summary>
internal static class DialogOpening
{
    private const string Mark = "outbox:";

    /// <summary>The turn of an outbox row: the same message id on every try, so that the dialog opens once.</summary>
    public static Turn Of(ConversationId to, string key, OutboxContent content) =>
        new(to, Mark + key, Input.Open(content.Dialog!, content.Argument)) { Owes = true };

    public static bool IsOne(Turn turn) => turn.MessageId.StartsWith(Mark, StringComparison.Ordinal);
}
