using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace WuShe.Dialogs.Engine;

/// <summary>
/// Replies as the store keeps them for re-deliveries: a JSON array of <c>{"t":text,"o":[options],"p":picture,"l":[title,words,path]}</c>, with
/// <c>true</c> in front when they were late: they went out by another way, and a re-delivery must not say them again.
/// </summary>
public static class SavedReplies
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic] private static ArrayBufferWriter<byte>? _scratch;
    [ThreadStatic] private static Utf8JsonWriter? _writer;

    public static byte[] Write(IReadOnlyList<Message> replies, bool late = false)
    {
        var scratch = _scratch ??= new ArrayBufferWriter<byte>(1024);
        scratch.ResetWrittenCount();
        var writer = _writer ??= new Utf8JsonWriter(scratch, Relaxed);
        writer.Reset(scratch);
        writer.WriteStartArray();
        if (late) writer.WriteBooleanValue(true);
        for (var i = 0; i < replies.Count; i++) Write(writer, replies[i]);
        writer.WriteEndArray();
        writer.Flush();
        return scratch.WrittenSpan.ToArray();
    }

    /// <summary>Throws <see cref="JsonException"/> on anything that <see cref="Write(IReadOnlyList{Message}, bool)"/> does not write.</summary>
    public static (IReadOnlyList<Message> Replies, bool Late) Read(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty) return ([], false);
        using var document = JsonDocument.Parse(json);
        List<Message> replies = [];
        var late = false;
        foreach (var item in document.RootElement.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.True)
            {
                late = true;
                continue;
            }
            replies.Add(new Message(item.GetProperty("t").GetString() ?? "")
            {
                Options = item.TryGetProperty("o", out var options)
                    ? [.. options.EnumerateArray().Select(option => option.GetString() ?? "")]
                    : [],
                Picture = item.TryGetProperty("p", out var picture) ? new AttachmentRef(picture.GetString() ?? "") : null,
                Link = item.TryGetProperty("l", out var link) ? new MessageLink(link[0].GetString() ?? "", link[1].GetString() ?? "", link[2].GetString() ?? "") : null,
            });
        }
        return (replies, late);
    }

    private static void Write(Utf8JsonWriter writer, Message message)
    {
        writer.WriteStartObject();
        writer.WriteString("t"u8, message.Text);
        if (message.Options.Count > 0)
        {
            writer.WriteStartArray("o"u8);
            for (var i = 0; i < message.Options.Count; i++) writer.WriteStringValue(message.Options[i]);
            writer.WriteEndArray();
        }
        if (message.Picture is { } picture) writer.WriteString("p"u8, picture.Id);
        if (message.Link is { } link)
        {
            writer.WriteStartArray("l"u8);
            writer.WriteStringValue(link.Title);
            writer.WriteStringValue(link.Words);
            writer.WriteStringValue(link.Path);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }
}
