using System.Globalization;
using System.Text;
using System.Text.Json;
using WuShe.Integrations.WeChat.Menus;

namespace WuShe.Bot.Simulator;

/// <summary>
/// The menus and tags of a simulated account. It begins with the catalogue's menu, as if it had been pushed: a newcomer
/// sees it at once, and <c>wechat menu sim</c> shows what a change of the catalogue changes.
/// </summary>
internal sealed class SimulatedMenus
{
    private readonly Lock _lock = new();
    private readonly List<string> _tags = ["星标组"];
    private readonly List<(int Id, string Tag, WeChatMenu Menu)> _personal = [];
    private WeChatMenu _everybody;
    private int _last;

    /// <param name="everybody">The menu to begin with.</param>
    /// <param name="staffTag">The tag that has a menu of its own; empty for none.</param>
    /// <param name="staff">That menu.</param>
    public SimulatedMenus(WeChatMenu everybody, string staffTag, WeChatMenu staff)
    {
        _everybody = everybody;
        if (staffTag.Length == 0) return;
        _tags.Add(staffTag);
        _personal.Add((++_last, Id(_tags.Count - 1), staff));
    }

    /// <summary>The menu that a person sees, with or without that tag.</summary>
    public WeChatMenu For(string? tag)
    {
        lock (_lock)
        {
            var id = tag is null ? -1 : _tags.IndexOf(tag);
            return _personal.Find(one => id >= 0 && one.Tag == Id(id)).Menu ?? _everybody;
        }
    }

    public IResult Get()
    {
        lock (_lock)
        {
            if (_everybody.Buttons.Count == 0) return PlatformAnswer.Code(46003);
            return Json(json =>
            {
                json.WriteStartObject("menu");
                _everybody.Write(json);
                json.WriteNumber("menuid", 1);
                json.WriteEndObject();
                if (_personal.Count == 0) return;
                json.WriteStartArray("conditionalmenu");
                foreach (var (id, tag, menu) in _personal)
                {
                    json.WriteStartObject();
                    menu.Write(json);
                    json.WriteStartObject("matchrule");
                    json.WriteString("tag_id", tag);
                    json.WriteEndObject();
                    json.WriteNumber("menuid", id);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            });
        }
    }

    public IResult Create(JsonElement asked)
    {
        var menu = WeChatMenu.Read(asked);
        if (Refusal(menu) is var code and not 0) return PlatformAnswer.Code(code);
        lock (_lock) _everybody = menu;
        return PlatformAnswer.Code(0);
    }

    public IResult Delete()
    {
        lock (_lock)
        {
            _everybody = WeChatMenu.None;
            _personal.Clear();
        }

        return PlatformAnswer.Code(0);
    }

    public IResult AddForTag(JsonElement asked)
    {
        var menu = WeChatMenu.Read(asked);
        if (Refusal(menu) is var code and not 0) return PlatformAnswer.Code(code);
        var tag = asked.TryGetProperty("matchrule", out var rule) ? rule.Text("tag_id") : "";
        lock (_lock)
        {
            if (!Enumerable.Range(0, _tags.Count).Any(at => Id(at) == tag)) return PlatformAnswer.Code(45159);
            _personal.Insert(0, (++_last, tag, menu));
            return PlatformAnswer.Json(new { menuid = _last.ToString(CultureInfo.InvariantCulture) });
        }
    }

    public IResult DeleteForTag(JsonElement asked)
    {
        lock (_lock) return PlatformAnswer.Code(_personal.RemoveAll(one => Text(one.Id) == asked.Text("menuid")) == 0 ? 65301 : 0);
    }

    public IResult Tags()
    {
        lock (_lock) return PlatformAnswer.Json(new { tags = _tags.Select((name, at) => new { id = at + 2, name, count = 0 }).ToArray() });
    }

    public IResult AddTag(JsonElement asked)
    {
        var name = asked.TryGetProperty("tag", out var tag) ? tag.Text("name") : "";
        if (name.Length is 0 or > 30) return PlatformAnswer.Code(45158);
        lock (_lock)
        {
            if (_tags.Contains(name)) return PlatformAnswer.Code(45157);
            _tags.Add(name);
            return PlatformAnswer.Json(new { tag = new { id = _tags.Count + 1, name } });
        }
    }

    public static IResult Json(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Results.Text(stream.ToArray(), "application/json");
    }

    private static int Refusal(WeChatMenu menu)
    {
        if (menu.Buttons.Count is 0 or > WeChatButton.MostButtons) return 40016;
        if (menu.Buttons.Any(button => Wrong(button.Name, WeChatButton.MaxName))) return 40018;
        if (menu.Buttons.Any(button => button.Children.Count > WeChatButton.MostSubButtons)) return 40023;
        return menu.Buttons.SelectMany(button => button.Children).Any(button => Wrong(button.Name, WeChatButton.MaxSubName)) ? 40025 : 0;
    }

    private static bool Wrong(string name, int maxBytes) => name.Length == 0 || Encoding.UTF8.GetByteCount(name) > maxBytes;

    private static string Id(int at) => Text(at + 2);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
