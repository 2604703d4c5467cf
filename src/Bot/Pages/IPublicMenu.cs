namespace WuShe.Bot.Pages;

/// <summary>What the bot offers to everybody, for the start page: the same titles, in the same order, as its greeting's buttons.</summary>
public interface IPublicMenu
{
    /// <summary>Menu titles in menu order. Sent as a message, each opens its dialog.</summary>
    IReadOnlyList<string> Titles { get; }
}

/// <summary>A menu that is known when the process starts, such as the dialog catalogue's.</summary>
public sealed class PublicMenu(IReadOnlyList<string> titles) : IPublicMenu
{
    public IReadOnlyList<string> Titles { get; } = titles;
}
