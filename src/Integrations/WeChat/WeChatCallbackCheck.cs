using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace WuShe.Integrations.WeChat;

/// <summary>
/// Knocks at the account's callback the way the platform does when its console page is saved, from this machine. What stands
/// between the platform and the public address it cannot see.
/// </summary>
public sealed class WeChatCallbackCheck(IHttpClientFactory http, TimeProvider time)
{
    private const string What = "回调";

    internal async Task<IReadOnlyList<WeChatFinding>> Of(WeChatAccount account, Uri publicUrl, CancellationToken ct)
    {
        var address = new Uri(publicUrl.AbsoluteUri.TrimEnd('/') + account.CallbackPath);
        var findings = new List<WeChatFinding>();
        if (address is not ({ Scheme: "http", Port: 80 } or { Scheme: "https", Port: 443 }))
            findings.Add(WeChatFinding.Wrong("地址", $"微信只访问 http 的 80 端口和 https 的 443 端口，现在是 {publicUrl}。用反向代理接到 443，再改设置 PublicUrl。"));
        if (IsInside(address)) findings.Add(WeChatFinding.Wrong("地址", $"{address.Host} 从外网访问不到。设置 PublicUrl 要写外网的域名，如 https://bot.example.org。"));
        findings.Add(await Knock(account, address, ct));
        return findings;
    }

    private async Task<WeChatFinding> Knock(WeChatAccount account, Uri address, CancellationToken ct)
    {
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var (nonce, echo) = (RandomNumberGenerator.GetHexString(10, lowercase: true), RandomNumberGenerator.GetHexString(16, lowercase: true));
        var signature = new byte[WeChatSignature.Size];
        WeChatSignature.Compute(account.Token, Encoding.UTF8.GetBytes(timestamp), Encoding.UTF8.GetBytes(nonce), [], signature);
        var knock = new Uri($"{address}?signature={Convert.ToHexStringLower(signature)}&timestamp={timestamp}&nonce={nonce}&echostr={echo}");
        try
        {
            using var client = http.CreateClient(WeChatCheck.HttpName);
            using var response = await client.GetAsync(knock, ct);
            var body = await response.Content.ReadAsStringAsync(ct);
            return response.StatusCode switch
            {
                HttpStatusCode.OK when body == echo => WeChatFinding.Good(What, $"{address} 答得对。把它填进「服务器配置」的 URL。"),
                HttpStatusCode.NotFound => WeChatFinding.Wrong(What, $"{address} 那里没有这个公众号。服务改了设置要重启；反向代理不要改路径。（404）"),
                HttpStatusCode.Forbidden => WeChatFinding.Wrong(What, $"{address} 不认这个签名：运行着的服务用的 Token 和这里的不一样，或者两台机器的时钟差了十分钟以上。（403）"),
                var status => WeChatFinding.Wrong(What, $"{address} 那里答话的不是本服务。看看域名和反向代理。（{(int)status}）"),
            };
        }
        catch (Exception trouble) when (WeChatApi.IsPassing(trouble, ct))
        {
            return WeChatFinding.Wrong(What, $"连不上 {address}（{trouble.GetType().Name}）。看看服务开了没有，域名、防火墙、反向代理和证书对不对。");
        }
    }

    private static bool IsInside(Uri address) =>
        address.IsLoopback
        || (address.HostNameType == UriHostNameType.Dns && !address.Host.Contains('.', StringComparison.Ordinal))
        || (IPAddress.TryParse(address.Host, out var ip) && ip.AddressFamily == AddressFamily.InterNetwork && ip.GetAddressBytes() is var bytes
            && (bytes[0] == 10 || (bytes[0] == 192 && bytes[1] == 168) || (bytes[0] == 172 && bytes[1] is >= 16 and < 32)));
}
