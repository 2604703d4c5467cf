using System.Text.Json;

namespace WuShe.Integrations.BotFramework;

/// <summary>A file of an activity: what it says to be, and where it is (an address, or <c>data:</c> with the bytes).</summary>
public sealed record BotAttachment(string ContentType, string ContentUrl, string Name)
{
    public bool IsPicture => Is("image/") || ContentUrl.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase);

    /// <summary>In Chinese, for the sentence that says that it cannot be used; null for what only dresses up the text (cards, HTML).</summary>
    public string? Unusable =>
        Is("audio/") ? "语音" : Is("video/") ? "视频" : Is("text/html") || ContentUrl.Length == 0 ? null : "文件";

    internal static IReadOnlyList<BotAttachment>? All(JsonElement attachments)
    {
        if (attachments.ValueKind != JsonValueKind.Array || attachments.GetArrayLength() == 0) return null;
        var all = new List<BotAttachment>();
        foreach (var one in attachments.EnumerateArray())
            if (one.ValueKind == JsonValueKind.Object) all.Add(new BotAttachment(Word(one, "contentType"), Word(one, "contentUrl"), Word(one, "name")));
        return all;
    }

    internal static string Word(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private bool Is(string type) => ContentType.StartsWith(type, StringComparison.OrdinalIgnoreCase);
}
