namespace WuShe.Integrations.WeChat;

public enum WeChatFindingKind
{
    Good,

    /// <summary>Works without, but people should know.</summary>
    Note,

    /// <summary>Must be mended before the account works.</summary>
    Wrong,
}

/// <summary>One thing that was looked at, in plain Chinese: what it is, and what to do about it.</summary>
public sealed record WeChatFinding(WeChatFindingKind Kind, string What, string Words)
{
    public static WeChatFinding Good(string what, string words) => new(WeChatFindingKind.Good, what, words);

    public static WeChatFinding Note(string what, string words) => new(WeChatFindingKind.Note, what, words);

    public static WeChatFinding Wrong(string what, string words) => new(WeChatFindingKind.Wrong, what, words);
}
