using StackExchange.Redis;
using WuShe.Services.Common;

namespace WuShe.Integrations.WeChat;

/// <summary>
/// Codes of Official Accounts (<c>/cgi-bin/qrcode/create</c>), permanent because they are printed. Kept in Redis so that a sheet
/// costs the platform nothing the second time; lost ones are asked for again.
/// </summary>
public sealed class WeChatSceneCodes(WeChatAccounts accounts, WeChatApi api, IConnectionMultiplexer redis) : ISceneCodes
{
    public IReadOnlyList<string> Accounts => [.. accounts.All.Select(account => account.Name)];

    public async Task<SceneCode> Of(string account, Scene scene, CancellationToken ct)
    {
        if (!accounts.TryFind(account, out var at)) return new SceneCode(null, "没有这个公众号。");
        var text = scene.ToString();
        if (text.Length > Scene.MaxLength) return new SceneCode(null, "这个二维码的编号太长了。");
        try
        {
            var db = redis.GetDatabase();
            RedisKey key = $"wushe:wechat:code:{at.AppId}:{text}";
            if (await db.StringGetAsync(key) is { IsNullOrEmpty: false } known) return new SceneCode(known.ToString());
            var made = await Create(at, text, ct);
            if (made.Length == 0) return new SceneCode(null, "微信没有给出二维码，请过一会儿再试。");
            await db.StringSetAsync(key, made);
            return new SceneCode(made);
        }
        catch (WeChatException refusal)
        {
            return new SceneCode(null, $"微信拒绝了：{WeChatErrors.Outcome(refusal.Code).Reason}");
        }
        catch (Exception failure) when (!ct.IsCancellationRequested
            && failure is HttpRequestException or TimeoutException or OperationCanceledException or RedisException or Polly.ExecutionRejectedException)
        {
            return new SceneCode(null, "现在连不上微信，请过一会儿再试。");
        }
    }

    private async Task<string> Create(WeChatAccount account, string scene, CancellationToken ct)
    {
        using var answer = await api.Ask(account, "cgi-bin/qrcode/create", json =>
        {
            json.WriteString("action_name", "QR_LIMIT_STR_SCENE");
            json.WriteStartObject("action_info");
            json.WriteStartObject("scene");
            json.WriteString("scene_str", scene);
            json.WriteEndObject();
            json.WriteEndObject();
        }, ct);
        return answer.RootElement.Text("url");
    }
}
