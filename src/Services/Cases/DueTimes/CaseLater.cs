using Microsoft.Extensions.Options;
using WuShe.Dialogs;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Messages;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Cases;

/// <summary>What comes after a case is closed for good: the question whether it still holds, and the same trouble as a new case.</summary>
public sealed class CaseLater(IOutbox outbox, IOptions<CaseDueSettings> settings)
{
    /// <summary>Owes the question where the case's category says so, in the transaction that settles it.</summary>
    internal void Owe(CommunityDb db, Case subject)
    {
        if (!subject.Rules.AsksLater || subject.ClosedAt is not { } closed) return;
        outbox.OweDialog(
            db, ConversationId.Parse(subject.Reporter), $"later:{subject.Number}:{subject.Version}", AskLaterDialog.Name,
            subject.Number, closed + settings.Value.AskLaterAfter);
    }

    /// <summary>The same thing at the same place, under the rules of before; its words say which case it was.</summary>
    internal static NewCase Anew(Case subject, string words) => new(
        subject.Kind, subject.Title, words.Trim().Length == 0 ? $"{subject.Number} 办好后又出问题。原来说的：{subject.Words}" : $"{subject.Number} 办好后又出问题：{words.Trim()}",
        new Spot(subject.Place, subject.GridId, subject.Latitude, subject.Longitude), subject.LimitWorkingDays, [])
    {
        Category = subject.Category,
        Rules = subject.Rules,
        Within = subject.Within,
    };
}
