using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace WuShe.Integrations.WeCom;

/// <summary>Stops the start on a wrong setting, with one line per key that says what is wrong. Values are never repeated.</summary>
internal sealed partial class WeComOptionsCheck : IValidateOptions<WeComOptions>
{
    public ValidateOptionsResult Validate(string? name, WeComOptions options)
    {
        var wrong = new List<string>();
        void Must(bool ok, string key, string what)
        {
            if (!ok) wrong.Add($"WeCom:{key} {what}");
        }

        Must(options.TimestampWindow >= TimeSpan.FromMinutes(1), "TimestampWindow", "must be at least 00:01:00.");
        Must(options.ReplyWithin > TimeSpan.Zero && options.ReplyWithin < TimeSpan.FromSeconds(5), "ReplyWithin", "must be more than 0 and less than 00:00:05.");
        Must(options.RobotPostsPerMinute >= 2, "RobotPostsPerMinute", "must be at least 2: a post and a digest.");
        Must(options.MemberMessagesPerMinute >= 1, "MemberMessagesPerMinute", "must be at least 1.");
        Must(options.MemberMessagesPerHour >= 1, "MemberMessagesPerHour", "must be at least 1.");
        Must(options.ChatMessagesPerMinute >= 1, "ChatMessagesPerMinute", "must be at least 1.");
        Must(options.ChatMessagesPerDay >= 1, "ChatMessagesPerDay", "must be at least 1.");
        Must(options.Limits.CardCode >= TimeSpan.FromMinutes(1), "Limits:CardCode", "must be at least 00:01:00.");
        Must(options.Limits.DuplicateCheck >= TimeSpan.FromSeconds(1), "Limits:DuplicateCheck", "must be at least 00:00:01.");
        foreach (var (key, value, least) in options.Limits.Numbers) Must(value >= least, "Limits:" + key, string.Create(CultureInfo.InvariantCulture, $"must be at least {least}."));
        foreach (var (key, value) in new[] { ("ApiBaseUrl", options.ApiBaseUrl), ("AuthorizeUrl", options.AuthorizeUrl), ("QrLoginUrl", options.QrLoginUrl) })
            Must(IsAddress(value) && new Uri(value).Query.Length == 0, key, "must be an absolute http(s) address without a query.");
        Must(options.StaffApp.Length == 0 || options.Apps.ContainsKey(options.StaffApp), "StaffApp", "names no app under WeCom:Apps.");
        if (options.Apps.Count > 0) Must(Id().IsMatch(options.CorpId), "CorpId", options.CorpId.Length == 0 ? "is missing." : "must be the ww… id of the company: letters and digits.");
        foreach (var (app, settings) in options.Apps) Check(app, settings, Must);
        foreach (var (bot, settings) in options.Bots) Check(bot, settings, options, Must);
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static void Check(string app, WeComAppOptions settings, Action<bool, string, string> must)
    {
        var at = $"Apps:{app}";
        must(Name().IsMatch(app), at, "is no usable name: 1-32 lower-case letters, digits or hyphens.");
        must(Number().IsMatch(settings.AgentId), at + ":AgentId", settings.AgentId.Length == 0 ? "is missing." : "must be a number such as 1000002.");
        must(settings.Secret.Length > 0, at + ":Secret", "is missing.");
        Keys(at, settings.Token, settings.EncodingAesKey, must);
        must(settings.PreviousEncodingAesKey.Length == 0 || Key().IsMatch(settings.PreviousEncodingAesKey), at + ":PreviousEncodingAesKey", "must be 43 letters or digits.");
    }

    private static void Check(string bot, WeComBotOptions settings, WeComOptions options, Action<bool, string, string> must)
    {
        var at = $"Bots:{bot}";
        must(Name().IsMatch(bot), at, "is no usable name: 1-32 lower-case letters, digits or hyphens.");
        must(!options.Apps.ContainsKey(bot), at, "has the name of an app: both would be called back at one address.");
        if (settings.WebhookUrl.Length > 0)
        {
            must(IsAddress(settings.WebhookUrl) && settings.WebhookUrl.Contains("key=", StringComparison.Ordinal), at + ":WebhookUrl", "must be the whole address of the robot, with key=.");
            must(settings.Token.Length + settings.EncodingAesKey.Length == 0, at, "has both a WebhookUrl and a Token or EncodingAesKey: a robot that only posts, or an AI bot.");
            return;
        }

        must(settings.Token.Length + settings.EncodingAesKey.Length > 0, at, "needs a WebhookUrl, or Token and EncodingAesKey.");
        Keys(at, settings.Token, settings.EncodingAesKey, must);
    }

    private static void Keys(string at, string token, string key, Action<bool, string, string> must)
    {
        if (token.Length + key.Length == 0) return;
        must(Token().IsMatch(token), at + ":Token", token.Length == 0 ? "is missing." : "must be 3-32 letters or digits.");
        must(Key().IsMatch(key), at + ":EncodingAesKey", key.Length == 0 ? "is missing." : "must be 43 letters or digits.");
    }

    private static bool IsAddress(string value) => Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme is "https" or "http";

    [GeneratedRegex("^[a-z0-9-]{1,32}\\z")]
    private static partial Regex Name();

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}\\z")]
    private static partial Regex Id();

    [GeneratedRegex("^[0-9]{1,9}\\z")]
    private static partial Regex Number();

    [GeneratedRegex("^[A-Za-z0-9]{3,32}\\z")]
    private static partial Regex Token();

    [GeneratedRegex("^[A-Za-z0-9]{43}\\z")]
    private static partial Regex Key();
}
