using Microsoft.Extensions.Options;
using WuShe.Services.Common;

namespace WuShe.Integrations.WeChat.Notices;

/// <summary>Shows each configured form filled with a typical notice, as the resident will see it, and what is wrong with it.</summary>
public sealed class WeChatPreviews(WeChatAccounts accounts, WeChatTemplates templates, IEnumerable<NoticeDescription> kinds, IOptions<WeChatOptions> options)
{
    /// <summary>
    /// Every kind of notice on every account, by account and kind. Asks the platform for the lists of templates; when it cannot be asked, the
    /// form is shown by its fields alone and <see cref="WeChatPreview.Trouble"/> says so.
    /// </summary>
    public async Task<IReadOnlyList<WeChatPreview>> All(CancellationToken ct)
    {
        var all = new List<WeChatPreview>();
        foreach (var account in accounts.All)
        {
            var (faults, trouble) = account.Notices.Count == 0 ? ([], null) : await Check(account, ct);
            foreach (var kind in kinds.OrderBy(one => one.Kind, StringComparer.Ordinal))
                all.AddRange(Of(account, kind, faults, trouble));
        }
        return all;
    }

    private IEnumerable<WeChatPreview> Of(WeChatAccount account, NoticeDescription kind, IReadOnlyList<WeChatTemplateFault> faults, string? trouble)
    {
        if (!account.Notices.TryGetValue(kind.Kind, out var notice))
        {
            yield return new WeChatPreview(account.Name, kind.Kind, kind.Title, null, "", "", [], null);
            yield break;
        }
        foreach (var (form, template) in notice.Forms)
        {
            var wrong = faults.Where(fault => fault.Kind == kind.Kind && fault.Form == form).Select(fault => Words(fault)).ToList();
            var values = template.Fields.ToDictionary(
                field => field.Key, field => new WeChatFormValue(WeChatFieldFit.Fit(field.Key, kind.Sample.GetValueOrDefault(field.Value, ""), options.Value.Limits.Fields) ?? "（放不下）"), StringComparer.Ordinal);
            var known = templates.Known(account, form, template.Id);
            var text = known?.With(values) ?? string.Join('\n', values.Select(value => $"{value.Key}：{value.Value.Value}"));
            yield return new WeChatPreview(account.Name, kind.Kind, kind.Title, form, known?.Title ?? "", text.Trim(), wrong, trouble);
        }
    }

    private async Task<(IReadOnlyList<WeChatTemplateFault> Faults, string? Trouble)> Check(WeChatAccount account, CancellationToken ct)
    {
        try
        {
            return (await templates.Check(account, ct), null);
        }
        catch (WeChatException refusal)
        {
            return ([], $"现在读不到公众号的模板列表（{refusal.Code}）。");
        }
        catch (Exception failure) when (WeChatApi.IsPassing(failure, ct))
        {
            return ([], "现在连不上微信，读不到公众号的模板列表。");
        }
    }

    private static string Words(WeChatTemplateFault fault) =>
        fault.Field.Length == 0 ? $"{fault.Words}。" : $"字段 {fault.Field}（最多 {fault.Limit} 个字）：{fault.Words}。";
}

/// <summary>One form with a typical notice in it. <paramref name="Form"/> is null when the account has none for the kind.</summary>
/// <param name="Account">The account's name in the settings.</param>
/// <param name="Kind">The notice's kind.</param>
/// <param name="KindTitle">What staff call it.</param>
/// <param name="Form">Which form.</param>
/// <param name="Title">The template's title; empty while it is not known.</param>
/// <param name="Text">What the resident reads.</param>
/// <param name="Faults">Why the form is not used, for staff; empty when it is.</param>
/// <param name="Trouble">Why the account's list could not be read; null when it was.</param>
public sealed record WeChatPreview(
    string Account, string Kind, string KindTitle, WeChatForm? Form, string Title, string Text, IReadOnlyList<string> Faults, string? Trouble);
