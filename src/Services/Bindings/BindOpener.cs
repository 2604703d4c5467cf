using System.Text.RegularExpressions;
using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Understanding;

namespace WuShe.Services.Bindings;

/// <summary>Six digits and nothing else are a code that somebody brings from another channel.</summary>
public sealed partial class BindOpener : IOpener
{
    public double Opens(string text) => In(text) is null ? 0 : 1;

    /// <summary>The code, with or without 绑定 before it and spaces in it; null when the words are anything else.</summary>
    internal static string? In(string text) =>
        text.Length <= 20 && Code().Match(Plain.Key(text)) is { Success: true } code ? code.Groups[1].Value.Replace(" ", "", StringComparison.Ordinal) : null;

    [GeneratedRegex("^(?:绑定(?:数字|码)?[ :：]*)?([0-9]{3} ?[0-9]{3})\\z")]
    private static partial Regex Code();
}
