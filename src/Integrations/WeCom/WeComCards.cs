using System.Globalization;
using System.Text.RegularExpressions;
using WuShe.Services.Common.StaffChat;

namespace WuShe.Integrations.WeCom;

/// <summary>Staff cards as template cards, and the task ids that tie a tap to its card.</summary>
internal static partial class WeComCards
{
    private const int PrimaryStyle = 1;
    private const int PlainStyle = 2;

    /// <summary>With buttons a card that answers taps, without a notice.</summary>
    public static WeComCard Of(StaffCard card, WeComCardLimits limits, Uri link)
    {
        var buttons = card.Buttons.Take(limits.Buttons)
            .Select((button, i) => new WeComButton(WeComFit.Characters(button.Text, limits.ButtonText), i == 0 ? PrimaryStyle : PlainStyle, button.Key)).ToList();
        var title = new WeComTitle(
            WeComFit.Characters(card.Title, limits.Title),
            card.Done.Length > 0 && buttons.Count == 0 ? WeComFit.Characters(card.Done, limits.Description) : null);
        return new WeComCard(buttons.Count > 0 ? "button_interaction" : "text_notice", title)
        {
            HorizontalContentList = [.. card.Lines.Take(limits.Lines)
                .Select(line => new WeComCardField(WeComFit.Characters(line.Name, limits.LineName), WeComFit.Characters(line.Words, limits.Value)))],
            CardAction = new WeComCardAction(1, link.AbsoluteUri),
            TaskId = TaskId(card),
            ButtonList = buttons.Count > 0 ? buttons : null,
        };
    }

    /// <summary>A card as a list of lines, for groups that show no cards and for digests.</summary>
    public static string Line(StaffCard card) =>
        card.Title + string.Concat(card.Lines.Select(line => $"，{line.Name}：{line.Words}")) + (card.Done.Length > 0 && card.Buttons.Count == 0 ? "，" + card.Done : "");

    /// <summary>Unique for each posting, as the platform wants it.</summary>
    public static string TaskId(StaffCard card) => string.Create(CultureInfo.InvariantCulture, $"{card.Id}_v{card.Version}");

    /// <summary>What the card of that task is about.</summary>
    public static string IdOf(string taskId) => Posting().Replace(taskId, "");

    [GeneratedRegex("_v[0-9]{1,9}\\z")]
    private static partial Regex Posting();
}
