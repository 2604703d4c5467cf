using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using WuShe.Integrations.WeChat.Notices;

namespace WuShe.Integrations.WeChat;

/// <summary>
/// Looks at an account from both sides, as somebody who sets it up for the first time would have to, and says what is
/// missing. Changes nothing: it asks for the stable token, which is the same for everybody, and only reads.
/// </summary>
public sealed partial class WeChatCheck(WeChatAccounts accounts, WeChatCallbackCheck callback, IHttpClientFactory http)
{
    internal const string HttpName = "wechat-check";
    private const string Basic = "微信公众平台「设置与开发 → 开发接口管理 → 基本配置」";
    private const int NoMenu = 46003;

    private static readonly (string Api, string Name, bool Needed)[] Quotas =
    [
        (WeChatApis.CustomSend, "客服消息", true), (WeChatApis.MediaUpload, "上传图片", true), (WeChatApis.MediaGet, "下载图片", true), (WeChatApis.TemplateSend, "模板消息", false),
    ];

    /// <param name="account">The account.</param>
    /// <param name="publicUrl">Where the running service is reached from outside.</param>
    /// <param name="ct">Ends the look.</param>
    public async Task<IReadOnlyList<WeChatFinding>> Of(WeChatAccount account, Uri publicUrl, CancellationToken ct)
    {
        var findings = new List<WeChatFinding>();
        var (token, about) = await Token(account, ct);
        findings.Add(about);
        findings.AddRange(await callback.Of(account, publicUrl, ct));
        if (account.Mode == WeChatMode.Plain)
            findings.Add(WeChatFinding.Note("加密", $"现在是明文模式，消息在路上不加密。建议到{Basic}的「服务器配置」改成安全模式，再把 EncodingAESKey 写进设置 {Key(account, "EncodingAesKey")}。"));
        if (token is null)
        {
            findings.Add(WeChatFinding.Note("其他", "没有令牌，菜单、模板和次数都查不了。先把上面的改好，再查一次。"));
            return findings;
        }

        foreach (var (api, name, needed) in Quotas) findings.Add(await Quota(account, token, api, name, needed, ct));
        findings.Add(await Templates(account, token, ct));
        foreach (var form in account.Notices.Values.SelectMany(notice => notice.Forms).Select(one => one.Form).Distinct()) findings.AddRange(await Forms(account, token, form, ct));
        findings.Add(await Menu(account, token, ct));
        if (accounts.All.Skip(1).Any()) findings.Add(await Persons(account, token, ct));
        return findings;
    }

    private async Task<(string? Token, WeChatFinding About)> Token(WeChatAccount account, CancellationToken ct)
    {
        const string What = "令牌";
        var request = new WeChatTokenRequest("client_credential", account.AppId, account.AppSecret, ForceRefresh: false);
        using var answer = await Ask(account, "cgi-bin/stable_token", JsonSerializer.SerializeToUtf8Bytes(request, WeChatJson.Raw.WeChatTokenRequest), ct);
        if (answer.Trouble is { } trouble) return (null, WeChatFinding.Wrong(What, trouble));
        if (answer.Code == 0 && answer.Text("access_token") is { Length: > 0 } token)
            return (token, WeChatFinding.Good(What, "能拿到 access_token：AppId、AppSecret 和 IP 白名单都对。"));
        return (null, WeChatFinding.Wrong(What, answer.Code switch
        {
            40013 => $"AppId 不对。到{Basic}核对「开发者ID(AppID)」，改设置 {Key(account, "AppId")}。（40013）",
            40001 or 40125 => $"AppSecret 不对。到{Basic}重置「开发者密码(AppSecret)」，马上抄进设置 {Key(account, "AppSecret")}。（{answer.Code}）",
            40164 => $"这台服务器的地址{Address(answer.Text("errmsg"))}不在 IP 白名单里。到{Basic}的「IP白名单」加上它，几分钟后生效。（40164）",
            _ => $"微信不给令牌：{Meaning(answer.Code)}",
        }));
    }

    private async Task<WeChatFinding> Quota(WeChatAccount account, string token, string api, string name, bool needed, CancellationToken ct)
    {
        var what = "次数：" + name;
        var body = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["cgi_path"] = "/" + api }, WeChatJson.Raw.DictionaryStringString);
        using var answer = await Ask(account, $"cgi-bin/openapi/quota/get?access_token={Uri.EscapeDataString(token)}", body, ct);
        if (answer.Trouble is { } trouble) return WeChatFinding.Note(what, trouble);
        if (answer.Code != 0)
        {
            return IsNotGranted(answer.Code) && needed
                ? WeChatFinding.Wrong(what, $"这个公众号没有「{name}」的接口权限。订阅号和没有认证的号没有它：请先完成微信认证。（{answer.Code}）")
                : WeChatFinding.Note(what, $"查不到：{Meaning(answer.Code)}");
        }

        // The page that describes the answer could not be seen: without these fields it says nothing.
        var (limit, used, remain) = (answer.Number("quota", "daily_limit"), answer.Number("quota", "used"), answer.Number("quota", "remain"));
        if (limit <= 0) return WeChatFinding.Note(what, "微信没有说今天可以用多少次。");
        var words = string.Create(CultureInfo.InvariantCulture, $"今天可以用 {limit} 次，用了 {used} 次，还剩 {remain} 次。");
        if (remain <= 0) return WeChatFinding.Wrong(what, words + "没发出的会留着，明天零点以后接着发。");
        return remain < limit / 10 ? WeChatFinding.Note(what, words + "快用完了。") : WeChatFinding.Good(what, words);
    }

    private async Task<WeChatFinding> Templates(WeChatAccount account, string token, CancellationToken ct)
    {
        const string What = "模板";
        using var answer = await Ask(account, $"cgi-bin/template/get_all_private_template?access_token={Uri.EscapeDataString(token)}", null, ct);
        if (answer.Trouble is { } trouble) return WeChatFinding.Note(What, trouble);
        if (IsNotGranted(answer.Code)) return WeChatFinding.Note(What, $"这种公众号不能发模板消息（认证过的服务号才行）：48 小时没说话的居民，要等他再说话才收得到通知。（{answer.Code}）");
        if (answer.Code != 0) return WeChatFinding.Note(What, $"查不到：{Meaning(answer.Code)}");
        var titles = answer.Titles("template_list");
        return titles.Count == 0
            ? WeChatFinding.Note(What, "一个模板也没有：48 小时没说话的居民，要等他再说话才收得到通知。到「广告与服务 → 模板消息」添加。")
            : WeChatFinding.Good(What, $"{titles.Count} 个：{string.Join("、", titles)}");
    }

    /// <summary>The templates of the settings against the account's own.</summary>
    private async Task<IReadOnlyList<WeChatFinding>> Forms(WeChatAccount account, string token, WeChatForm form, CancellationToken ct)
    {
        var what = form == WeChatForm.Template ? "模板消息的设置" : "订阅通知的设置";
        var path = form == WeChatForm.Template ? WeChatTemplates.TemplateList : WeChatTemplates.NoticeList;
        using var answer = await Ask(account, $"{path}?access_token={Uri.EscapeDataString(token)}", null, ct);
        if (answer.Trouble is not null || answer.Code != 0) return [WeChatFinding.Wrong(what, $"对不了：{answer.Trouble ?? Meaning(answer.Code)}")];
        var own = form == WeChatForm.Template ? answer.Pairs("template_list", "template_id", "content") : answer.Pairs("data", "priTmplId", "content");
        var wrong = new List<WeChatFinding>();
        foreach (var (kind, notice) in account.Notices)
        {
            foreach (var template in notice.Forms.Where(one => one.Form == form).Select(one => one.Options))
            {
                var mine = own.TryGetValue(template.Id, out var content) ? WeChatTemplates.Template(template.Id, "", content) : null;
                wrong.AddRange(WeChatTemplates.Differences(template, mine).Select(one =>
                    WeChatFinding.Wrong(what, $"{Key(account, $"Notices:{kind}:{form}")}{(one.Field.Length > 0 ? $" 的字段 {one.Field}" : "")}：{one.Words}。")));
            }
        }
        return wrong.Count > 0 ? wrong : [WeChatFinding.Good(what, "和公众号里的模板对得上。")];
    }

    private async Task<WeChatFinding> Menu(WeChatAccount account, string token, CancellationToken ct)
    {
        const string What = "菜单";
        using var answer = await Ask(account, $"cgi-bin/menu/get?access_token={Uri.EscapeDataString(token)}", null, ct);
        if (answer.Trouble is { } trouble) return WeChatFinding.Note(What, trouble);
        if (answer.Code == NoMenu) return WeChatFinding.Note(What, "还没有菜单：居民要办什么只能打字。");
        return answer.Code == 0 ? WeChatFinding.Good(What, "有菜单。") : WeChatFinding.Note(What, $"查不到：{Meaning(answer.Code)}");
    }

    /// <summary>Several accounts know each other's people only through an Open Platform account.</summary>
    private async Task<WeChatFinding> Persons(WeChatAccount account, string token, CancellationToken ct)
    {
        const string What = "同一个人";
        const string Otherwise = "居民可以自己用「绑定」把两边连起来。";
        using var followers = await Ask(account, $"cgi-bin/user/get?access_token={Uri.EscapeDataString(token)}", null, ct);
        if (followers.Trouble is not null || followers.Code != 0) return WeChatFinding.Note(What, $"认不出同一个人：{followers.Trouble ?? Meaning(followers.Code)}{Otherwise}");
        if (followers.FirstOpenId() is not { } somebody) return WeChatFinding.Note(What, "还没有人关注，看不出能不能认出同一个人。");
        using var person = await Ask(account, $"{WeChatApis.UserInfo}?openid={Uri.EscapeDataString(somebody)}&lang=zh_CN&access_token={Uri.EscapeDataString(token)}", null, ct);
        return person.Code == 0 && person.Text("unionid").Length > 0
            ? WeChatFinding.Good(What, "关注几个公众号的同一个人能认出来（unionid）。")
            : WeChatFinding.Note(What, $"认不出同一个人：请到微信开放平台，把几个公众号绑到同一个账号下。{Otherwise}");
    }

    private async Task<WeChatCheckAnswer> Ask(WeChatAccount account, string path, byte[]? body, CancellationToken ct)
    {
        try
        {
            using var client = http.CreateClient(HttpName);
            using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(account.ApiBaseUrl + path));
            if (body is not null) request.Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json", "utf-8") } };
            using var response = await client.SendAsync(request, ct);
            response.EnsureSuccessStatusCode();
            return new WeChatCheckAnswer(JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(ct)));
        }
        catch (JsonException)
        {
            return new WeChatCheckAnswer($"{account.ApiBaseUrl.Host} 答的不是微信的话。核对设置 {Key(account, "ApiBaseUrl")}。");
        }
        catch (Exception trouble) when (WeChatApi.IsPassing(trouble, ct))
        {
            return new WeChatCheckAnswer($"连不上 {account.ApiBaseUrl.Host}（{trouble.GetType().Name}）。看看这台服务器能不能上网。");
        }
    }

    private static bool IsNotGranted(int code) => code is 48001 or 48008 or 40200 or 45162;

    private static string Meaning(int code) => $"{WeChatErrors.Of(code).Meaning}（{code}）。";

    private static string Key(WeChatAccount account, string key) => $"WeChat:Accounts:{account.Name}:{key}";

    /// <summary>The platform tells the address it saw: <c>invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist</c>.</summary>
    private static string Address(string message) => Ip().Match(message) is { Success: true } ip ? $" {ip.Groups[1].Value} " : "";

    [GeneratedRegex("invalid ip ([0-9a-fA-F.:]+)")]
    private static partial Regex Ip();
}
