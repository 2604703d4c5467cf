using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using WuShe.Integrations.WeChat;

namespace WuShe.Integrations.WeCom;

/// <summary>The configured company with its apps and robots, ready for use: keys decoded, names made.</summary>
public sealed class WeComCorp
{
    private readonly FrozenDictionary<string, WeComApp> _apps;
    private readonly FrozenDictionary<string, WeComBot> _bots;

    public WeComCorp(IOptions<WeComOptions> options)
    {
        var settings = options.Value;
        CorpId = settings.CorpId;
        Limits = settings.Limits;
        ApiBaseUrl = new Uri(settings.ApiBaseUrl.TrimEnd('/') + '/');
        _apps = settings.Apps.ToFrozenDictionary(a => a.Key, a => new WeComApp(a.Key, a.Value, CorpId), StringComparer.Ordinal);
        _bots = settings.Bots.Where(b => b.Value.WebhookUrl.Length == 0)
            .ToFrozenDictionary(b => b.Key, b => new WeComBot(b.Key, WeComKeys.Of(b.Value.Token, b.Value.EncodingAesKey, "", "")!), StringComparer.Ordinal);
        Robots = [.. settings.Bots.Where(b => b.Value.WebhookUrl.Length > 0).OrderBy(b => b.Key, StringComparer.Ordinal)
            .Select(b => new WeComRobot(b.Key, new Uri(b.Value.WebhookUrl), b.Value.Unit))];
        StaffApp = settings.StaffApp.Length > 0 ? _apps.GetValueOrDefault(settings.StaffApp) : _apps.Values.MinBy(a => a.Name, StringComparer.Ordinal);
    }

    public string CorpId { get; }

    public WeComLimits Limits { get; }

    /// <summary>Ends with a slash.</summary>
    public Uri ApiBaseUrl { get; }

    /// <summary>The app that writes to staff, reads the directory and signs in; null when there is no app.</summary>
    public WeComApp? StaffApp { get; }

    /// <summary>Names in callback addresses.</summary>
    public IEnumerable<string> Callbacks => _apps.Values.Where(a => a.Keys is not null).Select(a => a.Name).Concat(_bots.Keys).Order(StringComparer.Ordinal);

    internal IReadOnlyList<WeComRobot> Robots { get; }

    /// <summary>The app with a callback of that name.</summary>
    public bool TryApp(string name, [NotNullWhen(true)] out WeComApp? app) => _apps.TryGetValue(name, out app) && app.Keys is not null;

    /// <summary>The AI bot of that name.</summary>
    public bool TryBot(string name, [NotNullWhen(true)] out WeComBot? bot) => _bots.TryGetValue(name, out bot);
}

/// <summary>A self-built app.</summary>
public sealed class WeComApp
{
    internal WeComApp(string name, WeComAppOptions settings, string corpId)
    {
        Name = name;
        AgentId = int.Parse(settings.AgentId, NumberStyles.None, CultureInfo.InvariantCulture);
        Secret = settings.Secret;
        GroupChats = settings.GroupChats;
        Keys = WeComKeys.Of(settings.Token, settings.EncodingAesKey, settings.PreviousEncodingAesKey, corpId);
    }

    public string Name { get; }

    public int AgentId { get; }

    /// <summary>Null when the app is not called back.</summary>
    public WeComKeys? Keys { get; }

    internal string Secret { get; }

    internal bool GroupChats { get; }
}

/// <summary>An AI bot (智能机器人).</summary>
public sealed record WeComBot(string Name, WeComKeys Keys);

/// <summary>A group robot that only posts. The webhook's address is its secret.</summary>
internal sealed record WeComRobot(string Name, Uri Webhook, string Unit);

/// <summary>What a callback is verified and opened with.</summary>
public sealed class WeComKeys
{
    private WeComKeys(byte[] token, WeChatCipher cipher, WeChatCipher? previous) => (Token, Cipher, Previous) = (token, cipher, previous);

    internal byte[] Token { get; }

    internal WeChatCipher Cipher { get; }

    internal WeChatCipher? Previous { get; }

    /// <summary>Null without a key. The receiver is the company's id, for an AI bot the empty string.</summary>
    internal static WeComKeys? Of(string token, string key, string previous, string receiver) => key.Length == 0
        ? null
        : new WeComKeys(Encoding.UTF8.GetBytes(token), new WeChatCipher(key, receiver), previous.Length == 0 ? null : new WeChatCipher(previous, receiver));
}
