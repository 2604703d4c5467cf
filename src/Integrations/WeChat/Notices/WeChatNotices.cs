using WuShe.Dialogs;
using WuShe.Services.Common;

namespace WuShe.Integrations.WeChat.Notices;

/// <summary>
/// Says a notice by a form of the account: a subscription notice the person agreed to, else a template message. A form that
/// does not match the account's template, or whose values do not fit, is passed over with its reason.
/// </summary>
public sealed class WeChatNotices(
    WeChatApi api, WeChatConsents consents, WeChatTemplates templates, IPublicUrl address, Microsoft.Extensions.Options.IOptions<WeChatOptions> options)
{
    private const int NoConsentLeft = 43101;
    private readonly WeChatFieldLimits _limits = options.Value.Limits.Fields;

    /// <summary>
    /// The first form that is open. Refused names every form and why. Throws as <see cref="WeChatApi"/> does.
    /// </summary>
    internal async Task<DeliveryOutcome> Say(WeChatAccount account, string openId, string key, Notice notice, CancellationToken ct)
    {
        if (!account.Notices.TryGetValue(notice.Kind, out var setting)) return DeliveryOutcome.Refused("no form for " + notice.Kind);
        var refusals = new List<string>(2);
        foreach (var (form, template) in setting.Forms)
        {
            var outcome = await Say(account, openId, key, notice, form, template, ct);
            if (outcome.Result != DeliveryResult.Refused) return outcome with { Reason = $"{Name(form)}: {outcome.Reason}" };
            refusals.Add($"{Name(form)}: {outcome.Reason}");
        }
        return DeliveryOutcome.Refused(string.Join("; ", refusals));
    }

    private async Task<DeliveryOutcome> Say(
        WeChatAccount account, string openId, string key, Notice notice, WeChatForm form, WeChatTemplateOptions template, CancellationToken ct)
    {
        if (templates.Fault(account, form, template) is { } fault) return DeliveryOutcome.Refused(fault);
        if (Fill(template, notice.Fields, out var misfit) is not { } values) return DeliveryOutcome.Refused($"{misfit} does not fit");
        if (form == WeChatForm.Subscription && !await consents.Take(account, openId, template.Id)) return DeliveryOutcome.Refused("no consent left");
        var page = notice.Page is { } path ? address.Of(path).AbsoluteUri : null;
        int code;
        try
        {
            code = form == WeChatForm.Subscription
                ? (await api.Post(account, WeChatApis.SubscribeSend, new WeChatSubscribeSend(openId, template.Id, page, values), WeChatNoticeJson.Raw.WeChatSubscribeSend, ct)).Code
                : (await api.Post(account, WeChatApis.TemplateSend, new WeChatTemplateSend(openId, template.Id, page, Id(key), values), WeChatNoticeJson.Raw.WeChatTemplateSend, ct)).Code;
        }
        catch when (form == WeChatForm.Subscription)
        {
            // Whether it was sent is not always known; the platform keeps count as well, and says when there is none.
            await consents.GiveBack(account, openId, template.Id);
            throw;
        }

        if (code == 0) return DeliveryOutcome.Delivered("sent");
        if (form == WeChatForm.Subscription)
        {
            if (code == NoConsentLeft) await consents.Forget(account, openId, template.Id);
            else await consents.GiveBack(account, openId, template.Id);
        }
        return WeChatErrors.Outcome(code);
    }

    /// <summary>The values as the template takes them; null, and which field, when one does not fit.</summary>
    internal Dictionary<string, WeChatFormValue>? Fill(WeChatTemplateOptions template, IReadOnlyDictionary<string, string> fields, out string misfit)
    {
        misfit = "";
        var values = new Dictionary<string, WeChatFormValue>(template.Fields.Count, StringComparer.Ordinal);
        foreach (var (field, ours) in template.Fields)
        {
            if (WeChatFieldFit.Fit(field, fields.GetValueOrDefault(ours, ""), _limits) is not { } value)
            {
                misfit = field;
                return null;
            }
            values[field] = new WeChatFormValue(value);
        }
        return values;
    }

    /// <summary>The platform sends a form once per person and such an id, for some minutes: a second try after a lost answer tells nobody twice.</summary>
    private static string Id(string key) => key.Length <= 32 ? key : Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)))[..32];

    private static string Name(WeChatForm form) => form == WeChatForm.Subscription ? "subscription" : "template";
}
