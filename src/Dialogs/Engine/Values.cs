using System.Buffers;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WuShe.Dialogs.Engine;

/// <summary>
/// Answers and results as JSON. Chinese and emoji stay as they are: an escape costs six bytes where the letter costs three, and
/// twelve where the emoji costs four.
/// </summary>
internal static class Values
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new AttachmentConverter(), new TextConverter() },
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

    /// <summary>No encoder of the library lets letters beyond the first plane through as they are.</summary>
    private sealed class TextConverter : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

        public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;

        public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
        {
            if (value.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')) writer.WriteRawValue(Quoted(value), skipInputValidation: true);
            else writer.WriteStringValue(value);
        }

        private static string Quoted(string value)
        {
            var quoted = new StringBuilder(value.Length + 8).Append('"');
            foreach (var rune in value.EnumerateRunes())
            {
                if (rune.Value is '"' or '\\') quoted.Append('\\').Append((char)rune.Value);
                else if (rune.Value < ' ') quoted.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
                else quoted.Append(rune.ToString());
            }
            return quoted.Append('"').ToString();
        }
    }

    private sealed class AttachmentConverter : JsonConverter<AttachmentRef>
    {
        public override AttachmentRef Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, AttachmentRef value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Id);
    }
}
