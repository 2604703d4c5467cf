using System.Buffers;
using System.IO.Hashing;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WuShe.Dialogs.Engine;

/// <summary>Answers and results as JSON. Chinese stays as it is: an escape costs six bytes where the letter costs three.</summary>
internal static class Values
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new AttachmentConverter() },
    };

    [ThreadStatic] private static ArrayBufferWriter<byte>? _scratch;

    internal static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    internal static T Read<T>(ReadOnlyMemory<byte> json) => JsonSerializer.Deserialize<T>(json.Span, Options)!;

    /// <summary>False when the type has changed so much since the value was written that it cannot be read any more.</summary>
    internal static bool TryRead<T>(ReadOnlyMemory<byte> json, out T value)
    {
        try
        {
            value = Read<T>(json);
            return true;
        }
        catch (JsonException)
        {
            value = default!;
            return false;
        }
    }

    /// <summary>The texts in a recorded value, for finding the answer that a correction speaks of.</summary>
    internal static IEnumerable<string> Texts(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty) return [];
        using var value = JsonDocument.Parse(json);
        return [.. Texts(value.RootElement)];
    }

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Texts(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        _ => [],
    };

    internal static uint Fingerprint(object inputs)
    {
        var scratch = _scratch ??= new ArrayBufferWriter<byte>(256);
        scratch.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(scratch, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            JsonSerializer.Serialize(writer, inputs, inputs.GetType(), Options);
        var hash = XxHash3.HashToUInt64(scratch.WrittenSpan);
        return (uint)(hash ^ (hash >> 32));
    }

    private sealed class AttachmentConverter : JsonConverter<AttachmentRef>
    {
        public override AttachmentRef Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, AttachmentRef value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Id);
    }
}
