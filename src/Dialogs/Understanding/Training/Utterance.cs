using System.Text.Json;
using System.Text.Json.Serialization;

namespace WuShe.Dialogs.Understanding.Training;

/// <summary>One sentence as somebody would say it, and what it means. <c>Data/README.md</c> tells how they are written.</summary>
/// <param name="Text">The words as they were written or dictated.</param>
/// <param name="Style"><c>plain</c>, <c>dialect</c>, <c>dictated</c>, <c>typo</c>, <c>indirect</c> or <c>trap</c>.</param>
/// <param name="Intent">Code of <see cref="Intents"/>.</param>
/// <param name="Category">Of a report; null otherwise.</param>
/// <param name="Danger">Code of <see cref="DangerCodes"/>; null when nobody is in danger now.</param>
/// <param name="Place">The part of the text that names a place.</param>
/// <param name="Time">The part of the text that says when.</param>
public sealed record Utterance(string Text, string Style, string Intent, string? Category, string? Danger, string? Place, string? Time)
{
    /// <summary>Reads JSON lines. Throws <see cref="FormatException"/> naming <paramref name="file"/> and line.</summary>
    internal static IEnumerable<Utterance> ReadLines(TextReader lines, string file)
    {
        for (var number = 1; lines.ReadLine() is { } line; number++)
            if (line.Length > 0) yield return Parse(line, $"{file} line {number}");
    }

    private static Utterance Parse(string line, string where)
    {
        try
        {
            var read = JsonSerializer.Deserialize(line, UtteranceJson.Default.Utterance) ?? throw new FormatException($"{where} is empty.");
            if (read.Place is { } place && !read.Text.Contains(place, StringComparison.Ordinal)) throw new FormatException($"{where}: the place does not stand in the text.");
            if (read.Time is { } time && !read.Text.Contains(time, StringComparison.Ordinal)) throw new FormatException($"{where}: the time does not stand in the text.");
            if (read.Danger is { } danger && DangerCodes.Kind(danger) is null) throw new FormatException($"{where}: there is no danger {danger}.");
            return read;
        }
        catch (JsonException problem)
        {
            throw new FormatException($"{where} cannot be read: {problem.Message}", problem);
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Utterance))]
internal sealed partial class UtteranceJson : JsonSerializerContext;
