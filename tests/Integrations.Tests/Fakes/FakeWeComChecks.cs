using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace WuShe.Fakes;

/// <summary>What the platform checks in messages: kinds, required fields, limits. 0 is in order, else the code of the refusal.</summary>
internal static partial class FakeWeComChecks
{
    public static readonly Rules OfApps = new(["text", "markdown", "textcard", "template_card"], ["button_interaction", "text_notice"], 2048, 36, 44, 30);
    public static readonly Rules OfRobots = new(["text", "markdown", "template_card"], ["text_notice"], 4096, 36, 44, 30);
    public static readonly Rules OfChats = new(["text", "markdown", "textcard"], [], 2048, 0, 0, 0);
    public static readonly Rules OfBots = new([], ["button_interaction", "text_notice"], 20480, 26, 30, 26);

    public static int Message(JsonElement message, Rules rules)
    {
        var type = FakeWeCom.Text(message, "msgtype");
        if (!rules.Types.Contains(type) || !message.TryGetProperty(type, out var part)) return 40008;
        return type switch
        {
            "text" => Words(FakeWeCom.Text(part, "content"), 2048),
            "markdown" => Words(FakeWeCom.Text(part, "content"), rules.MarkdownBytes),
            "textcard" => TextCard(part),
            _ => Card(part, rules),
        };
    }

    public static int Card(JsonElement card, Rules rules)
    {
        var type = FakeWeCom.Text(card, "card_type");
        if (!rules.Cards.Contains(type)) return 40058;
        if (!card.TryGetProperty("main_title", out var title) || FakeWeCom.Text(title, "title") is not { Length: > 0 } heading) return 40063;
        if (heading.Length > rules.Title || FakeWeCom.Text(title, "desc").Length > rules.Description || FakeWeCom.Text(card, "sub_title_text").Length > 112) return 40058;
        if (card.TryGetProperty("horizontal_content_list", out var lines))
        {
            if (lines.GetArrayLength() > 6) return 40058;
            foreach (var line in lines.EnumerateArray())
                if (FakeWeCom.Text(line, "keyname").Length is 0 or > 5 || FakeWeCom.Text(line, "value").Length > rules.Value) return 40058;
        }

        if (type == "text_notice" && (!card.TryGetProperty("card_action", out var action) || FakeWeCom.Text(action, "url").Length == 0)) return 40063;
        if (FakeWeCom.Text(card, "task_id") is { Length: > 0 } task && !TaskId().IsMatch(task)) return 40058;
        return type == "button_interaction" ? Buttons(card) : 0;
    }

    private static int Buttons(JsonElement card)
    {
        if (FakeWeCom.Text(card, "task_id").Length == 0) return 40063;
        if (!card.TryGetProperty("button_list", out var buttons) || buttons.GetArrayLength() is 0 or > 6) return 40058;
        var keys = new HashSet<string>();
        foreach (var button in buttons.EnumerateArray())
        {
            if (FakeWeCom.Text(button, "text").Length is 0 or > 10) return 40058;
            if (FakeWeCom.Text(button, "key") is not { Length: > 0 and <= 1024 } key || !keys.Add(key)) return 40058;
            if (button.GetProperty("style").GetInt32() is < 1 or > 4) return 40058;
        }

        return 0;
    }

    private static int TextCard(JsonElement card)
    {
        if (FakeWeCom.Text(card, "title") is not { Length: > 0 and <= 128 }) return 40058;
        if (FakeWeCom.Text(card, "description") is not { Length: > 0 } details || Encoding.UTF8.GetByteCount(details) > 512 * 3) return 40058;
        return FakeWeCom.Text(card, "url") is { Length: > 0 and <= 2048 } && FakeWeCom.Text(card, "btntxt").Length <= 4 ? 0 : 40063;
    }

    private static int Words(string words, int most) => words.Length == 0 ? 44004 : Encoding.UTF8.GetByteCount(words) > most ? 45002 : 0;

    [GeneratedRegex(@"^[0-9A-Za-z_\-@]{1,128}\z")]
    private static partial Regex TaskId();

    internal sealed record Rules(string[] Types, string[] Cards, int MarkdownBytes, int Title, int Description, int Value);
}
