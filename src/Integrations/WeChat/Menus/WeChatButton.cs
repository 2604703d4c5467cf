using System.Text;
using System.Text.Json;

namespace WuShe.Integrations.WeChat.Menus;

/// <summary>A key of an account's menu: a key that is pushed to us (<c>click</c>), a link (<c>view</c>), or a heading over further keys.</summary>
/// <param name="Name">What stands on it; limits in bytes of UTF-8, see <see cref="MaxName"/> and <see cref="MaxSubName"/>.</param>
/// <param name="Type"><c>click</c>, <c>view</c>, or another of the platform's; empty for a heading.</param>
/// <param name="Value">The key, the address, or what else the type has; empty for a heading.</param>
public sealed record WeChatButton(string Name, string Type, string Value)
{
    /// <summary>Keys in a row, and keys under one heading.</summary>
    public const int MostButtons = 3;

    public const int MostSubButtons = 5;

    /// <summary>Bytes of a name in the row.</summary>
    public const int MaxName = 16;

    /// <summary>Bytes of a name under a heading.</summary>
    public const int MaxSubName = 60;

    public IReadOnlyList<WeChatButton> Children { get; init; } = [];

    public static WeChatButton Click(string name, string key) => new(name, "click", key);

    public static WeChatButton View(string name, string url) => new(name, "view", url);

    public static WeChatButton Heading(string name, IReadOnlyList<WeChatButton> children) => new(name, "", "") { Children = children };

    internal static int Bytes(string name) => Encoding.UTF8.GetByteCount(name);

    /// <summary>A name that fits, cut between characters when it must be.</summary>
    internal static string Fit(string name, int maxBytes)
    {
        if (Bytes(name) <= maxBytes) return name;
        var fitted = new StringBuilder();
        var left = maxBytes - Bytes("…");
        foreach (var rune in name.EnumerateRunes())
        {
            if ((left -= rune.Utf8SequenceLength) < 0) break;
            fitted.Append(rune.ToString());
        }
        return fitted.Append('…').ToString();
    }
}

/// <summary>A whole menu, and its JSON as the platform reads and writes it.</summary>
public sealed record WeChatMenu(IReadOnlyList<WeChatButton> Buttons)
{
    public static WeChatMenu None { get; } = new([]);

    /// <summary>Writes <c>"button":[…]</c> into an object that is open.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("button");
        foreach (var button in Buttons) Write(json, button);
        json.WriteEndArray();
    }

    /// <summary>Reads the <c>button</c> of an answer; what is not understood of a key is still shown by its type.</summary>
    public static WeChatMenu Read(JsonElement menu) => new(ButtonsOf(menu, "button"));

    private static WeChatButton[] ButtonsOf(JsonElement parent, string name) => [.. parent.Items(name).Select(Button)];

    private static WeChatButton Button(JsonElement json)
    {
        var children = ButtonsOf(json, "sub_button");
        var name = json.Text("name");
        if (children.Length > 0) return WeChatButton.Heading(name, children);
        var type = json.Text("type");
        return new WeChatButton(name, type, json.Text(type switch { "view" => "url", "miniprogram" => "pagepath", "media_id" or "view_limited" => "media_id", _ => "key" }));
    }

    private static void Write(Utf8JsonWriter json, WeChatButton button)
    {
        json.WriteStartObject();
        json.WriteString("name", button.Name);
        if (button.Children.Count > 0)
        {
            json.WriteStartArray("sub_button");
            foreach (var child in button.Children) Write(json, child);
            json.WriteEndArray();
        }
        else
        {
            json.WriteString("type", button.Type);
            json.WriteString(button.Type == "view" ? "url" : "key", button.Value);
        }

        json.WriteEndObject();
    }
}
