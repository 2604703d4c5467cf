using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace WuShe.Fakes;

/// <summary>Tokens as WeCom gives them: the same one to everybody until its end.</summary>
internal sealed class FakeWeComTokens(TimeProvider time, string corpId, string secret)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(2);
    private readonly Lock _lock = new();
    private readonly HashSet<string> _withdrawn = [];
    private string _token = "";
    private DateTimeOffset _until;

    public int Issued { get; private set; }

    public IResult Get(IQueryCollection query)
    {
        if (query["corpid"] != corpId) return FakeWeCom.Code(40013);
        if (query["corpsecret"] != secret) return FakeWeCom.Code(40001);
        lock (_lock)
        {
            if (_until <= time.GetUtcNow() || _withdrawn.Contains(_token))
            {
                Issued++;
                (_token, _until) = ($"{Issued.ToString(CultureInfo.InvariantCulture)}_{new string('t', 200)}", time.GetUtcNow() + Life);
            }

            var seconds = (int)(_until - time.GetUtcNow()).TotalSeconds;
            return Results.Text($$"""{"errcode":0,"errmsg":"ok","access_token":"{{_token}}","expires_in":{{seconds.ToString(CultureInfo.InvariantCulture)}}}""", "application/json");
        }
    }

    /// <summary>The code a call with this token gets; null when it is good.</summary>
    public int? Refuses(IQueryCollection query)
    {
        var token = query["access_token"].ToString();
        if (token.Length == 0) return 41001;
        lock (_lock)
        {
            if (token != _token || _withdrawn.Contains(token)) return 40014;
            return _until <= time.GetUtcNow() ? 42001 : null;
        }
    }

    public void Kill()
    {
        lock (_lock) _withdrawn.Add(_token);
    }
}

/// <summary>Group chats that the app made.</summary>
public sealed partial class FakeWeComChats(FakeWeCom platform)
{
    public sealed record Chat(string Name, string Owner, List<string> Members);

    public ConcurrentDictionary<string, Chat> All { get; } = new();

    public ConcurrentQueue<WeComPost> Posts { get; } = new();

    internal IResult Create(JsonElement body)
    {
        var (id, name, owner) = (FakeWeCom.Text(body, "chatid"), FakeWeCom.Text(body, "name"), FakeWeCom.Text(body, "owner"));
        var members = List(body, "userlist");
        if (!ChatId().IsMatch(id)) return FakeWeCom.Code(40050);
        if (members.Count is < 2 or > 2000) return FakeWeCom.Code(86006);
        if (!members.TrueForAll(platform.Directory.Knows) || !members.Contains(owner) || name.Length > 50) return FakeWeCom.Code(86007);
        return FakeWeCom.Code(All.TryAdd(id, new Chat(name, owner, members)) ? 0 : 40050);
    }

    internal IResult Update(JsonElement body)
    {
        if (!All.TryGetValue(FakeWeCom.Text(body, "chatid"), out var chat)) return FakeWeCom.Code(86003);
        var members = chat.Members.Union(List(body, "add_user_list")).Except(List(body, "del_user_list")).ToList();
        if (members.Count < 2) return FakeWeCom.Code(86006);
        if (!members.TrueForAll(platform.Directory.Knows)) return FakeWeCom.Code(86007);
        var owner = FakeWeCom.Text(body, "owner") is { Length: > 0 } fresh ? fresh : chat.Owner;
        All[FakeWeCom.Text(body, "chatid")] = new Chat(FakeWeCom.Text(body, "name") is { Length: > 0 } name ? name : chat.Name, owner, members);
        return FakeWeCom.Code(members.Contains(owner) ? 0 : 86007);
    }

    internal IResult Get(string id) => All.TryGetValue(id, out var chat)
        ? Results.Json(new { errcode = 0, errmsg = "ok", chat_info = new { chatid = id, name = chat.Name, owner = chat.Owner, userlist = chat.Members } })
        : FakeWeCom.Code(86003);

    internal IResult Send(JsonElement body)
    {
        var id = FakeWeCom.Text(body, "chatid");
        if (!All.ContainsKey(id)) return FakeWeCom.Code(86003);
        if (FakeWeComChecks.Message(body, FakeWeComChecks.OfChats) is var wrong and not 0) return FakeWeCom.Code(wrong);
        Posts.Enqueue(new WeComPost(id, FakeWeCom.Text(body, "msgtype"), body));
        return FakeWeCom.Code(0);
    }

    private static List<string> List(JsonElement body, string name) =>
        body.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(id => id.GetString()!)] : [];

    [GeneratedRegex("^[0-9a-zA-Z]{1,32}\\z")]
    private static partial Regex ChatId();
}

/// <summary>Members, departments, and whoever signs in.</summary>
public sealed class FakeWeComDirectory
{
    public sealed record Member(string Name, int[] Departments, string Position = "", int Status = 1);

    public ConcurrentDictionary<string, Member> Members { get; } = new(StringComparer.OrdinalIgnoreCase);

    public ConcurrentDictionary<int, (string Name, int Parent)> Units { get; } = new();

    /// <summary>OAuth codes: a user id, or an openid of somebody outside.</summary>
    public ConcurrentDictionary<string, (string? UserId, string? OpenId)> Codes { get; } = new();

    public bool Knows(string userId) => Members.TryGetValue(userId, out var member) && member.Status == 1;

    internal IResult Departments() => Results.Json(new
    {
        errcode = 0,
        errmsg = "ok",
        department_id = Units.OrderBy(u => u.Key).Select(u => new { id = u.Key, parentid = u.Value.Parent, order = 1 }),
    });

    internal IResult Department(string id) => Units.TryGetValue(int.Parse(id, CultureInfo.InvariantCulture), out var unit)
        ? Results.Json(new { errcode = 0, errmsg = "ok", department = new { id = int.Parse(id, CultureInfo.InvariantCulture), name = unit.Name, parentid = unit.Parent } })
        : FakeWeCom.Code(60123);

    internal IResult Users(string department) => Results.Json(new
    {
        errcode = 0,
        errmsg = "ok",
        userlist = Members.Where(m => m.Value.Departments.Contains(int.Parse(department, CultureInfo.InvariantCulture)))
            .Select(m => new { userid = m.Key, name = m.Value.Name, department = m.Value.Departments, open_userid = "o" + m.Key }),
    });

    internal IResult User(string id) => Members.TryGetValue(id, out var member)
        ? Results.Json(new { errcode = 0, errmsg = "ok", userid = id, name = member.Name, department = member.Departments, position = member.Position, status = member.Status })
        : FakeWeCom.Code(60111);

    internal IResult Visitor(string code)
    {
        if (!Codes.TryRemove(code, out var who)) return FakeWeCom.Code(40029);
        return who.UserId is { } id
            ? Results.Json(new { errcode = 0, errmsg = "ok", userid = id, user_ticket = "ticket" })
            : Results.Json(new { errcode = 0, errmsg = "ok", openid = who.OpenId, external_userid = "wm1" });
    }
}
