using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using WuShe.Integrations.WeChat;

namespace WuShe.Bot.Simulator;

/// <summary>
/// The line from the platform to our callback: real HTTP, five seconds for an answer, three deliveries in all. The network
/// may be made slow, or lose answers that our service has given.
/// </summary>
internal sealed class PlatformLine(WeChatAccounts accounts, IServer server, IHttpClientFactory http, TimeProvider time)
{
    public const string HttpName = "simulator";
    private const string OutOfOrder = "该公众号提供的服务出现故障，请稍后再试";
    private const int MostDeliveries = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TooSlow = TimeSpan.FromSeconds(6);
    private long _lastMessage;

    /// <summary>What the person did, as XML; null when it is nothing the platform knows.</summary>
    public string? Write(SimulatedAccount account, PhoneAct act)
    {
        var now = time.GetUtcNow();
        var id = Interlocked.Increment(ref _lastMessage) + (now.ToUnixTimeMilliseconds() * 1000);
        return PushXml.Of(act, account.OriginalId, now.ToUnixTimeSeconds(), id);
    }

    /// <summary>Delivers until it is answered, at most three times, and shows the phone what its person sees.</summary>
    public async Task Deliver(SimulatedAccount account, PhoneAct act, string xml, CancellationToken ct)
    {
        var phone = account.Phone(act.OpenId);
        for (var attempt = 1; attempt <= MostDeliveries; attempt++)
        {
            var exchange = await Once(account, act.OpenId, xml, attempt, Delay(act.Network, attempt), ct);
            var same = Note(phone, xml, exchange);
            if (exchange.Problem is not null) continue;
            if (same is null && exchange.Answer is { } answer) phone.Add(Shown(answer));
            if (act.Twice) Note(phone, xml, await Once(account, act.OpenId, xml, attempt + 1, TimeSpan.Zero, ct));
            return;
        }

        phone.Add(new PhoneEntry("notice") { Text = OutOfOrder });
    }

    /// <summary>Only answers that arrived count as the first: what was lost on the way, nobody has seen.</summary>
    private static bool? Note(SimulatedPhone phone, string xml, Exchange exchange)
    {
        var same = exchange.Problem is null ? phone.IsSame(xml, Essence(exchange.Answer)) : null;
        phone.Add(new PhoneEntry("push") { Xml = xml, Exchange = exchange, Same = same });
        return same;
    }

    private async Task<Exchange> Once(SimulatedAccount account, string openId, string xml, int attempt, TimeSpan delay, CancellationToken ct)
    {
        if (!accounts.TryFind(account.Name, out var known)) throw new InvalidOperationException("A simulated account is a configured one.");
        var envelope = new Envelope(account.Settings, known.Mode);
        var nonce = RandomNumberGenerator.GetInt32(100_000_000, 999_999_999).ToString(CultureInfo.InvariantCulture);
        var (query, body) = envelope.Pack(xml, account.OriginalId, openId, time.GetUtcNow().ToUnixTimeSeconds(), nonce);
        var exchange = new Exchange($"{known.CallbackPath}?{query}", body) { Attempt = attempt };
        var began = time.GetTimestamp();
        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            using var client = http.CreateClient(HttpName);
            using var content = new StringContent(body, Encoding.UTF8, "text/xml");
            using var response = await client.PostAsync(new Uri(Own() + exchange.Address), content, both.Token);
            var received = await response.Content.ReadAsStringAsync(both.Token);
            await Task.Delay(delay, time, both.Token);
            exchange = exchange with { Status = (int)response.StatusCode, Received = received };
            return Ended(response.IsSuccessStatusCode ? exchange with { Answer = envelope.Open(received) } : exchange with { Problem = "不是 200" });
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Ended(exchange with { Problem = "5 秒内没有收到回答" });
        }
        catch (Exception problem) when (problem is HttpRequestException or FormatException)
        {
            return Ended(exchange with { Problem = problem.Message });
        }

        Exchange Ended(Exchange at) => at with { Milliseconds = (long)time.GetElapsedTime(began).TotalMilliseconds };
    }

    private static TimeSpan Delay(string network, int attempt) => network switch
    {
        "slow" => Slow,
        "lost-once" when attempt == 1 => TooSlow,
        "lost" => TooSlow,
        _ => TimeSpan.Zero,
    };

    /// <summary>What of an answer the person can see; times, nonces and ciphers differ each time.</summary>
    private static string Essence(string? answer) => answer is null ? "" : Shown(answer).ToString();

    private static PhoneEntry Shown(string answer)
    {
        var fields = WeChatXml.TryRead(Encoding.UTF8.GetBytes(answer));
        var shown = new PhoneEntry("bot") { Type = fields?["MsgType"] ?? "" };
        var article = Child(Child(fields, "Articles"), "item");
        return shown.Type switch
        {
            "text" => shown with { Text = fields!["Content"] ?? "" },
            "image" or "voice" => shown with { Media = Child(fields, "Image")?["MediaId"] ?? Child(fields, "Voice")?["MediaId"] },
            "news" => shown with { Text = $"{article?["Title"]}\n{article?["Description"]}", Url = article?["Url"], Picture = article?["PicUrl"] },
            _ => shown with { Kind = "notice", Text = OutOfOrder },
        };
    }

    private static WeChatFields? Child(WeChatFields? fields, string name) => fields?.Children.FirstOrDefault(field => field.Name == name);

    /// <summary>An address of this process, as the simulated platform reaches it.</summary>
    private string Own()
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var address = addresses.FirstOrDefault(a => a.StartsWith("http://", StringComparison.Ordinal)) ?? addresses.First();
        return Console.PublicAddress.Reachable(address);
    }
}
