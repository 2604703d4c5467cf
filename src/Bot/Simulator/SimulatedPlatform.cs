using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using WuShe.Bot.Console;
using WuShe.Integrations.WeChat;
using WuShe.Integrations.WeChat.Menus;
using WuShe.Services.Common;

namespace WuShe.Bot.Simulator;

/// <summary>What a platform knows, for every configured account: phones, files, access tokens. In memory, for one process.</summary>
internal sealed partial class SimulatedPlatform(
    IOptions<WeChatOptions> options, IEnumerable<ServiceDescription> services, IConfiguration configuration, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, SimulatedAccount> _accounts = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (string Account, DateTimeOffset Until)> _tokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _stable = new(StringComparer.Ordinal);

    /// <summary>The configured accounts, those that live here first.</summary>
    public IEnumerable<string> Accounts => options.Value.Accounts
        .OrderByDescending(a => SimulatorAccount.IsSimulated(new Uri(a.Value.ApiBaseUrl))).ThenBy(a => a.Key, StringComparer.Ordinal).Select(a => a.Key);

    public bool TryFind(string name, [NotNullWhen(true)] out SimulatedAccount? account)
    {
        account = options.Value.Accounts.TryGetValue(name, out var settings)
            ? _accounts.GetOrAdd(name, _ => new SimulatedAccount(name, settings, Menus(settings.StaffTag), time)) : null;
        return account is not null;
    }

    /// <summary>Whether it may be the id of a person.</summary>
    public static bool IsOpenId(string text) => OpenId().IsMatch(text);

    /// <summary>A token for these credentials: the same one until five minutes before its end, or a new one. Else the code of the refusal.</summary>
    public (string Token, int Seconds, int Code) Token(string appId, string secret, bool stable)
    {
        var found = options.Value.Accounts.FirstOrDefault(a => a.Value.AppId == appId);
        if (found.Key is not { } name) return ("", 0, 40013);
        if (found.Value.AppSecret != secret) return ("", 0, 40125);
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (!stable || !_stable.TryGetValue(name, out var token) || _tokens[token].Until - now <= TimeSpan.FromMinutes(5))
            {
                token = $"{name}_{RandomNumberGenerator.GetHexString(32)}";
                _tokens[token] = (name, now + TimeSpan.FromHours(2));
                if (stable) _stable[name] = token;
            }

            return (token, (int)(_tokens[token].Until - now).TotalSeconds, 0);
        }
    }

    /// <summary>The account a token is for; else the code of the refusal.</summary>
    public int Open(string token, out SimulatedAccount? account)
    {
        account = null;
        if (token.Length == 0) return 41001;
        lock (_lock)
        {
            if (!_tokens.TryGetValue(token, out var known)) return 40001;
            if (known.Until <= time.GetUtcNow()) return 42001;
            return TryFind(known.Account, out account) ? 0 : 40001;
        }
    }

    private SimulatedMenus Menus(string staffTag)
    {
        var plan = new WeChatMenuPlan(services);
        return new SimulatedMenus(plan.Everybody, staffTag, plan.ForStaff(PublicAddress.Of(configuration) + "/staff"));
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{6,64}\\z")]
    private static partial Regex OpenId();
}

/// <summary>One account on the simulated platform.</summary>
internal sealed class SimulatedAccount(string name, WeChatAccountOptions settings, SimulatedMenus menus, TimeProvider time)
{
    private const int MostFiles = 60;
    private readonly ConcurrentDictionary<string, SimulatedPhone> _phones = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (byte[] Content, string Type)> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _fileOrder = new();

    public string Name { get; } = name;

    public WeChatAccountOptions Settings { get; } = settings;

    public SimulatedMenus Menus { get; } = menus;

    /// <summary>The account's original id.</summary>
    public string OriginalId => "gh_" + Name;

    /// <summary>Whoever comes is taken for a follower.</summary>
    public SimulatedPhone Phone(string openId) => _phones.GetOrAdd(openId, _ => new SimulatedPhone(time));

    public string Keep(byte[] content, string type)
    {
        var id = $"media-{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
        _files[id] = (content, type);
        _fileOrder.Enqueue(id);
        while (_files.Count > MostFiles && _fileOrder.TryDequeue(out var oldest)) _files.TryRemove(oldest, out _);
        return id;
    }

    public bool TryFile(string id, out (byte[] Content, string Type) file) => _files.TryGetValue(id, out file);
}
