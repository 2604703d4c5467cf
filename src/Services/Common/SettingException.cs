namespace WuShe.Services.Common;

/// <summary>A setting is missing or wrong: the start stops with its message as the only line.</summary>
/// <param name="key">The setting's full key, with colons.</param>
/// <param name="problem">What is wrong with it and what would be right. Never the value of a secret.</param>
public sealed class SettingException(string key, string problem) : Exception($"{key}: {problem}")
{
    public string Key { get; } = key;
}
