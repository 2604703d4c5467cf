using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace WuShe.Fakes;

/// <summary>Menus and tags as the platform keeps them, with its limits: 3 keys, 5 under each, names of 16 and 60 bytes, keys of 128.</summary>
public sealed class FakeWeChatMenus
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, string> _tags = new() { [1] = "星标组" };
    private readonly List<(long Id, string TagId, JsonArray Buttons)> _personal = [];
    private JsonArray? _menu;
    private long _lastMenu = 208396900;

    /// <summary>The menu of everybody as JSON; null when there is none.</summary>
    public string? Everybody
    {
        get
        {
            lock (_lock) return _menu?.ToJsonString();
        }
    }

    /// <summary>The menus of people with a tag: tag id and menu.</summary>
    public IReadOnlyList<(string TagId, string Menu)> Personal
    {
        get
        {
            lock (_lock) return [.. _personal.Select(one => (one.TagId, one.Buttons.ToJsonString()))];
        }
    }

    /// <summary>Answers a call; null when it is none about menus or tags.</summary>
    public IResult? Answer(string path, string body)
    {
        lock (_lock)
        {
            if (path == "/cgi-bin/menu/get") return Get();
            if (path == "/cgi-bin/tags/get") return Tags();
            if (path is not ("/cgi-bin/menu/create" or "/cgi-bin/menu/addconditional" or "/cgi-bin/menu/delconditional" or "/cgi-bin/menu/delete" or "/cgi-bin/tags/create")) return null;
            if (path == "/cgi-bin/menu/delete") return Delete();
            if (body.Contains("\\u", StringComparison.Ordinal)) return FakeWeChat.Code(40033);
            JsonObject? json;
            try
            {
                json = JsonNode.Parse(body) as JsonObject;
            }
            catch (JsonException)
            {
                return FakeWeChat.Code(47001);
            }

            if (json is null) return FakeWeChat.Code(47001);
            return path switch
            {
                "/cgi-bin/menu/create" => Create(json),
                "/cgi-bin/menu/addconditional" => AddPersonal(json),
                "/cgi-bin/tags/create" => AddTag(json),
                _ => DeletePersonal(json),
            };
        }
    }

    /// <summary>A menu that somebody else made for a tag.</summary>
    public void AddForeign(string tagId)
    {
        lock (_lock) _personal.Add((++_lastMenu, tagId, [new JsonObject { ["type"] = "click", ["name"] = "别人的", ["key"] = "other" }]));
    }

    private IResult Get()
    {
        if (_menu is null) return FakeWeChat.Code(46003);
        var answer = new JsonObject { ["menu"] = new JsonObject { ["button"] = Told(_menu), ["menuid"] = _lastMenu } };
        if (_personal.Count > 0)
            answer["conditionalmenu"] = new JsonArray([.. _personal.Select(one => new JsonObject
            {
                ["button"] = Told(one.Buttons),
                ["matchrule"] = new JsonObject { ["tag_id"] = one.TagId },
                ["menuid"] = one.Id,
            })]);
        return Results.Text(answer.ToJsonString(), "text/plain");
    }

    /// <summary>The platform adds an empty list of sub-keys to every key.</summary>
    private static JsonArray Told(JsonArray buttons)
    {
        var told = (JsonArray)buttons.DeepClone();
        foreach (var button in told.OfType<JsonObject>())
        {
            button["sub_button"] ??= new JsonArray();
            foreach (var child in ((JsonArray)button["sub_button"]!).OfType<JsonObject>()) child["sub_button"] = new JsonArray();
        }

        return told;
    }

    private IResult Create(JsonObject json)
    {
        if (Check(json) is var code and not 0) return FakeWeChat.Code(code);
        _menu = (JsonArray)json["button"]!.DeepClone();
        _lastMenu++;
        return FakeWeChat.Code(0);
    }

    private IResult AddPersonal(JsonObject json)
    {
        if (_menu is null) return FakeWeChat.Code(65303);
        if (Check(json) is var code and not 0) return FakeWeChat.Code(code);
        var tag = (string?)json["matchrule"]?["tag_id"] ?? "";
        if (!int.TryParse(tag, CultureInfo.InvariantCulture, out var id) || !_tags.ContainsKey(id)) return FakeWeChat.Code(45159);
        _personal.Add((++_lastMenu, tag, (JsonArray)json["button"]!.DeepClone()));
        return Results.Text($$"""{"menuid":"{{_lastMenu.ToString(CultureInfo.InvariantCulture)}}"}""", "text/plain");
    }

    private IResult DeletePersonal(JsonObject json)
    {
        var removed = _personal.RemoveAll(one => one.Id.ToString(CultureInfo.InvariantCulture) == (string?)json["menuid"]);
        return FakeWeChat.Code(removed == 0 ? 65301 : 0);
    }

    private IResult Delete()
    {
        _menu = null;
        _personal.Clear();
        return FakeWeChat.Code(0);
    }

    private IResult Tags() => Results.Text(
        new JsonObject { ["tags"] = new JsonArray([.. _tags.Select(tag => new JsonObject { ["id"] = tag.Key, ["name"] = tag.Value, ["count"] = 0 })]) }.ToJsonString(), "text/plain");

    private IResult AddTag(JsonObject json)
    {
        var name = (string?)json["tag"]?["name"] ?? "";
        if (name.Length is 0 or > 30) return FakeWeChat.Code(45158);
        if (_tags.ContainsValue(name)) return FakeWeChat.Code(45157);
        var id = 100 + _tags.Count;
        _tags[id] = name;
        return Results.Text(new JsonObject { ["tag"] = new JsonObject { ["id"] = id, ["name"] = name } }.ToJsonString(), "text/plain");
    }

    private static int Check(JsonObject json)
    {
        if (json["button"] is not JsonArray { Count: > 0 } row) return 40016;
        if (row.Count > 3) return 40016;
        foreach (var button in row.OfType<JsonObject>())
        {
            var under = button["sub_button"] as JsonArray;
            if (under is { Count: > 5 }) return 40023;
            if (Key(button, 16, 40018, heading: under is { Count: > 0 }) is var code and not 0) return code;
            foreach (var child in (under ?? []).OfType<JsonObject>())
                if (Key(child, 60, 40025, heading: false) is var wrong and not 0) return wrong;
        }

        return 0;
    }

    private static int Key(JsonObject button, int maxName, int nameCode, bool heading)
    {
        var name = (string?)button["name"] ?? "";
        if (name.Length == 0 || Encoding.UTF8.GetByteCount(name) > maxName) return nameCode;
        if (heading) return 0;
        return (string?)button["type"] switch
        {
            "click" when (string?)button["key"] is { Length: > 0 } key => Encoding.UTF8.GetByteCount(key) > 128 ? 40019 : 0,
            "view" when (string?)button["url"] is { Length: > 0 } url => url.StartsWith("http", StringComparison.Ordinal) && url.Length <= 1024 ? 0 : 40020,
            _ => 40017,
        };
    }
}
