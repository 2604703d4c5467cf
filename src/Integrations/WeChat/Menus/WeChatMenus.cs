using System.Text.Json;

namespace WuShe.Integrations.WeChat.Menus;

/// <summary>What an account's platform has: the menu of everybody, and one for the people with a tag, if there is one.</summary>
/// <param name="Everybody">Empty when there is none.</param>
/// <param name="TagId">The id of the tag; null when the account has no such tag.</param>
/// <param name="Tagged">The menu for that tag; empty when there is none.</param>
/// <param name="TaggedId">Its id, by which it is deleted; null when there is none.</param>
/// <param name="Others">How many further personalised menus there are. They are somebody else's and left alone.</param>
public sealed record WeChatMenuState(WeChatMenu Everybody, string? TagId, WeChatMenu Tagged, string? TaggedId, int Others);

/// <summary>
/// Reads and writes an account's menus. A refusal of the platform is a <see cref="WeChatException"/> with its code;
/// menus changed between two calls are nobody's loss, the next push mends them.
/// </summary>
public sealed class WeChatMenus(WeChatApi api)
{
    private const int NoMenu = 46003;

    /// <summary>What is there now. <paramref name="tag"/> is the name of the tag that has a menu of its own; empty for none.</summary>
    public async Task<WeChatMenuState> Get(WeChatAccount account, string tag, CancellationToken ct)
    {
        var tagId = tag.Length == 0 ? null : await TagId(account, tag, ct);
        using var answer = await api.Ask(account, "cgi-bin/menu/get", null, ct, NoMenu);
        var everybody = answer.RootElement.TryGetProperty("menu", out var menu) ? WeChatMenu.Read(menu) : WeChatMenu.None;
        var personal = answer.RootElement.Items("conditionalmenu");
        var mine = Array.FindIndex(personal, one => tagId is not null && one.TryGetProperty("matchrule", out var rule) && rule.Id("tag_id") == tagId);
        return mine < 0
            ? new WeChatMenuState(everybody, tagId, WeChatMenu.None, null, personal.Length)
            : new WeChatMenuState(everybody, tagId, WeChatMenu.Read(personal[mine]), personal[mine].Id("menuid"), personal.Length - 1);
    }

    public async Task Create(WeChatAccount account, WeChatMenu menu, CancellationToken ct) =>
        (await api.Ask(account, "cgi-bin/menu/create", menu.Write, ct)).Dispose();

    /// <summary>A menu for the people with a tag, in addition to everybody's, which must be there.</summary>
    public async Task AddForTag(WeChatAccount account, WeChatMenu menu, string tagId, CancellationToken ct) =>
        (await api.Ask(account, "cgi-bin/menu/addconditional", json =>
        {
            menu.Write(json);
            json.WriteStartObject("matchrule");
            json.WriteString("tag_id", tagId);
            json.WriteEndObject();
        }, ct)).Dispose();

    public async Task DeleteForTag(WeChatAccount account, string menuId, CancellationToken ct) =>
        (await api.Ask(account, "cgi-bin/menu/delconditional", json => json.WriteString("menuid", menuId), ct)).Dispose();

    /// <summary>Makes the tag; returns its id.</summary>
    public async Task<string> AddTag(WeChatAccount account, string tag, CancellationToken ct)
    {
        using var answer = await api.Ask(account, "cgi-bin/tags/create", json =>
        {
            json.WriteStartObject("tag");
            json.WriteString("name", tag);
            json.WriteEndObject();
        }, ct);
        return answer.RootElement.TryGetProperty("tag", out var made) && made.Id("id") is { } id ? id : throw new WeChatException(-1);
    }

    private async Task<string?> TagId(WeChatAccount account, string tag, CancellationToken ct)
    {
        using var answer = await api.Ask(account, "cgi-bin/tags/get", null, ct);
        foreach (var one in answer.RootElement.Items("tags"))
            if (one.Text("name") == tag) return one.Id("id");
        return null;
    }
}
