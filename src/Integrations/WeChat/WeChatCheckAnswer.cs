using System.Text.Json;

namespace WuShe.Integrations.WeChat;

/// <summary>What the platform answered to a look, read without believing anything about its shape; or why it did not.</summary>
internal sealed class WeChatCheckAnswer : IDisposable
{
    private readonly JsonDocument? _json;

    public WeChatCheckAnswer(JsonDocument json) => _json = json;

    public WeChatCheckAnswer(string trouble) => Trouble = trouble;

    /// <summary>In Chinese; null when there was an answer.</summary>
    public string? Trouble { get; }

    public int Code => At("errcode") is { ValueKind: JsonValueKind.Number } code && code.TryGetInt32(out var number) ? number : 0;

    public string Text(string name) => At(name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    public long Number(string parent, string name) =>
        At(parent) is { ValueKind: JsonValueKind.Object } outer && outer.TryGetProperty(name, out var inner) && inner.ValueKind == JsonValueKind.Number && inner.TryGetInt64(out var number)
            ? number
            : 0;

    public IReadOnlyList<string> Titles(string list) => At(list) is { ValueKind: JsonValueKind.Array } items
        ? [.. items.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object && item.TryGetProperty("title", out _)).Select(item => item.GetProperty("title").ToString())]
        : [];

    /// <summary>Of each item of a list one text by another: ids and contents of templates.</summary>
    public Dictionary<string, string> Pairs(string list, string key, string value)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        if (At(list) is not { ValueKind: JsonValueKind.Array } items) return pairs;
        foreach (var item in items.EnumerateArray())
            if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty(key, out var name) && item.TryGetProperty(value, out var text)) pairs[name.ToString()] = text.ToString();
        return pairs;
    }

    /// <summary>Of the list of followers.</summary>
    public string? FirstOpenId() =>
        At("data") is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty("openid", out var ids) && ids.ValueKind == JsonValueKind.Array && ids.GetArrayLength() > 0
            ? ids[0].ToString()
            : null;

    public void Dispose() => _json?.Dispose();

    private JsonElement? At(string name) =>
        _json?.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty(name, out var value) ? value : null;
}
