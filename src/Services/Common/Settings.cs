using Microsoft.Extensions.Configuration;

namespace WuShe.Services.Common;

/// <summary>A setting that stops the start. The message is the one line the operator reads: the key and what is wrong with it.</summary>
public sealed class WrongSettingException(string key, string what) : Exception($"{key}: {what}")
{
    /// <summary>The key as it stands in the configuration, such as <c>ConnectionStrings:Database</c>.</summary>
    public string Key { get; } = key;
}

/// <summary>The folder that holds the embedded database, uploads and keys (setting <c>DataDirectory</c>).</summary>
public static class DataDirectory
{
    /// <summary>The absolute path; a relative setting starts at the content root. Nothing is created.</summary>
    public static string Of(IConfiguration configuration)
    {
        var root = configuration["contentRoot"] ?? Directory.GetCurrentDirectory();
        var setting = configuration["DataDirectory"];
        return Path.GetFullPath(string.IsNullOrWhiteSpace(setting) ? "data" : setting, Path.GetFullPath(root));
    }
}
