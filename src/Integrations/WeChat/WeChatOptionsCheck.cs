using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace WuShe.Integrations.WeChat;

/// <summary>Stops the start on a wrong setting, with one line per key that says what is wrong. Values are never repeated.</summary>
internal sealed partial class WeChatOptionsCheck : IValidateOptions<WeChatOptions>
{
    public ValidateOptionsResult Validate(string? name, WeChatOptions options)
    {
        var wrong = new List<string>();
        if (options.TimestampWindow < TimeSpan.FromMinutes(1)) wrong.Add("WeChat:TimestampWindow must be at least 00:01:00.");
        if (options.ReplyWithin <= TimeSpan.Zero || options.ReplyWithin >= TimeSpan.FromSeconds(5))
            wrong.Add("WeChat:ReplyWithin must be more than 0 and less than 00:00:05.");
        foreach (var (key, ok) in options.Limits.Checks)
            if (!ok) wrong.Add($"WeChat:Limits:{key} must be more than 0.");
        foreach (var (account, settings) in options.Accounts) Check(account, settings, wrong);
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static void Check(string account, WeChatAccountOptions settings, List<string> wrong)
    {
        void Must(bool ok, string key, string what)
        {
            if (!ok) wrong.Add($"WeChat:Accounts:{account}:{key} {what}");
        }

        if (!AccountName().IsMatch(account))
            wrong.Add($"WeChat:Accounts:{account} is no usable name: 1-32 lower-case letters, digits or hyphens.");
        Must(AppId().IsMatch(settings.AppId), "AppId", settings.AppId.Length == 0 ? "is missing." : "must be the wx… id of the account: letters and digits.");
        Must(settings.AppSecret.Length > 0, "AppSecret", "is missing.");
        Must(Token().IsMatch(settings.Token), "Token", settings.Token.Length == 0 ? "is missing." : "must be 3-32 letters or digits.");
        Must(settings.EncodingAesKey.Length == 0 || Key().IsMatch(settings.EncodingAesKey), "EncodingAesKey", "must be 43 letters or digits.");
        Must(settings.PreviousEncodingAesKey.Length == 0 || Key().IsMatch(settings.PreviousEncodingAesKey), "PreviousEncodingAesKey", "must be 43 letters or digits.");
        var modeKnown = settings.Mode.Length == 0 || WeChatAccount.TryMode(settings.Mode, out _);
        Must(modeKnown, "Mode", "must be Plain, Compatible or Safe.");
        Must(!modeKnown || WeChatAccount.ModeOf(settings) == WeChatMode.Plain || settings.EncodingAesKey.Length > 0, "EncodingAesKey", "is missing: this mode needs it.");
        Must(settings.TokenKind is WeChatAccount.Stable or WeChatAccount.Classic, "TokenKind", "must be Stable or Classic.");
        foreach (var (key, address) in new[] { ("ApiBaseUrl", settings.ApiBaseUrl), ("AuthorizeUrl", settings.AuthorizeUrl) })
            Must(IsAddress(address), key, "must be an absolute http(s) address without a query.");
        Must(settings.StaffTag.Length <= 30 && settings.StaffTag.Trim() == settings.StaffTag, "StaffTag", "must be at most 30 characters, without blanks around them.");
        foreach (var (kind, notice) in settings.Notices)
        {
            Must(notice.Subscription is not null || notice.Template is not null, $"Notices:{kind}", "names no Subscription and no Template.");
            foreach (var (form, template) in notice.Forms)
            {
                Must(template.Id.Length > 0, $"Notices:{kind}:{form}:Id", "is missing.");
                Must(template.Fields.Count > 0, $"Notices:{kind}:{form}:Fields", "is missing: which content goes into which field of the template.");
                foreach (var field in template.Fields.Keys) Must(TemplateField().IsMatch(field), $"Notices:{kind}:{form}:Fields:{field}", "is no field of a template: letters and a number, as in thing1.");
            }
        }
    }

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" && address.Query.Length == 0 && address.Fragment.Length == 0;

    [GeneratedRegex("^[a-z0-9-]{1,32}\\z")]
    private static partial Regex AccountName();

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}\\z")]
    private static partial Regex AppId();

    [GeneratedRegex("^[A-Za-z0-9]{3,32}\\z")]
    private static partial Regex Token();

    [GeneratedRegex("^[a-z_]+[0-9]*\\z")]
    private static partial Regex TemplateField();

    [GeneratedRegex("^[A-Za-z0-9]{43}\\z")]
    private static partial Regex Key();
}
