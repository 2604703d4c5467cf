using System.Globalization;

namespace WuShe.Integrations.WeChat.Menus;

/// <summary>What changes between two menus, as lines for people: <c>+</c> comes, <c>-</c> goes, two blanks stay.</summary>
public sealed class WeChatMenuDifference
{
    public WeChatMenuDifference(WeChatMenu before, WeChatMenu after)
    {
        var (old, now) = (Positions(before), Positions(after));
        var lines = new List<string>();
        foreach (var place in old.Keys.Union(now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (was, will) = (old.GetValueOrDefault(place), now.GetValueOrDefault(place));
            if (was == will)
            {
                lines.Add($"  {place} {was}");
                continue;
            }

            Changed = true;
            if (was is not null) lines.Add($"- {place} {was}");
            if (will is not null) lines.Add($"+ {place} {will}");
        }

        Lines = lines;
    }

    public bool Changed { get; }

    public IReadOnlyList<string> Lines { get; }

    /// <summary>Each key by its place: 2 the second of the row, 2.1 the first above it.</summary>
    private static Dictionary<string, string> Positions(WeChatMenu menu)
    {
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < menu.Buttons.Count; i++)
        {
            var place = (i + 1).ToString(CultureInfo.InvariantCulture);
            places[place] = Words(menu.Buttons[i]);
            for (var j = 0; j < menu.Buttons[i].Children.Count; j++)
                places[$"{place}.{(j + 1).ToString(CultureInfo.InvariantCulture)}"] = Words(menu.Buttons[i].Children[j]);
        }

        return places;
    }

    private static string Words(WeChatButton button) =>
        button.Children.Count > 0 ? $"{button.Name} ▾" : $"{button.Name}（{button.Type} {button.Value}）";
}
