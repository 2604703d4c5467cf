using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using WuShe.Dialogs.Understanding;

namespace WuShe.Bot.Operations;

/// <summary>
/// <c>understand</c>: reads <c>{"id","text"}</c> a line from the standard input and writes what each text says:
/// <c>{"id","intent","category","emergency","place","time","confidence"}</c>. Category only for reports; place and time are the
/// words that name them; nulls where absent.
/// </summary>
public static class UnderstandCommand
{
    private static readonly JsonWriterOptions Plainly = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>0; 1 when a line could not be read, which is said on <paramref name="errors"/> and answered with nulls.</summary>
    public static async Task<int> Run(Stream input, Stream output, TextWriter errors)
    {
        var understanding = new ModelUnderstanding();
        using var lines = new StreamReader(input, Encoding.UTF8);
        var (number, unreadable) = (0, 0);
        using var held = new MemoryStream();
        while (await lines.ReadLineAsync() is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (!Write(held, line, understanding))
            {
                unreadable++;
                await errors.WriteLineAsync($"Line {number} is no JSON object with a text.");
            }
            held.WriteByte((byte)'\n');
            held.Position = 0;
            await held.CopyToAsync(output);
            held.SetLength(0);
        }
        await output.FlushAsync();
        return unreadable == 0 ? 0 : 1;
    }

    private static bool Write(Stream to, string line, ModelUnderstanding understanding)
    {
        using var said = Parse(line);
        var text = said is { RootElement.ValueKind: JsonValueKind.Object } && said.RootElement.TryGetProperty("text", out var found) && found.ValueKind == JsonValueKind.String
            ? found.GetString() : null;
        var read = text is null ? Understood.Nothing : understanding.Read(text);
        using var json = new Utf8JsonWriter(to, Plainly);
        json.WriteStartObject();
        json.WritePropertyName("id");
        if (said is { RootElement.ValueKind: JsonValueKind.Object } && said.RootElement.TryGetProperty("id", out var id)) id.WriteTo(json);
        else json.WriteNullValue();
        json.WriteString("intent", text is null ? null : read.Intent.Code);
        json.WriteString("category", read.Intent.Code == Intents.Report && read.Category is [var best, ..] ? best.Code : null);
        json.WriteBoolean("emergency", read.Danger is not null);
        json.WriteString("place", read.Place);
        json.WriteString("time", read.Time);
        json.WriteNumber("confidence", Math.Round(read.Intent.Confidence, 3));
        json.WriteEndObject();
        return text is not null;
    }

    private static JsonDocument? Parse(string line)
    {
        try
        {
            return JsonDocument.Parse(PlainJson.Readable(Encoding.UTF8.GetBytes(line)));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
