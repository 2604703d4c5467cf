namespace WuShe.Integrations.WeChat.Notices;

/// <summary>
/// By which forms an account says one kind of notice (<c>WeChat:Accounts:main:Notices:case-progress</c>). The subscription
/// notice is tried first, since the person asked for it.
/// </summary>
public sealed record WeChatNoticeOptions
{
    /// <summary>订阅通知: needs a consent for each message.</summary>
    public WeChatTemplateOptions? Subscription { get; init; }

    /// <summary>模板消息: to followers, on matters of their own.</summary>
    public WeChatTemplateOptions? Template { get; init; }

    internal IEnumerable<(WeChatForm Form, WeChatTemplateOptions Options)> Forms
    {
        get
        {
            if (Subscription is not null) yield return (WeChatForm.Subscription, Subscription);
            if (Template is not null) yield return (WeChatForm.Template, Template);
        }
    }
}

/// <summary>One template of the account and what goes into it.</summary>
public sealed record WeChatTemplateOptions
{
    /// <summary>The template's id in this account.</summary>
    public string Id { get; init; } = "";

    /// <summary>Which of the notice's fields goes into which field of the template: <c>thing1</c> → <c>what</c>.</summary>
    public Dictionary<string, string> Fields { get; init; } = [];
}

/// <summary>The two kinds of form.</summary>
public enum WeChatForm
{
    Subscription,
    Template,
}
