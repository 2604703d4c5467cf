using System.Globalization;
using WuShe.Dialogs.Understanding;

namespace WuShe.Dialogs.Tests.Understanding;

/// <summary>A reading as one line: begin, end (Beijing time), precision, what else is set, and the words where they are not the whole text.</summary>
internal static class TimesText
{
    public static string Of(TimeReading? reading, string text)
    {
        if (reading is null) return "-";
        var said = $"{At(reading.From)}{(reading.To == reading.From ? "" : $"~{At(reading.To)}")} {reading.Precision}";
        if (reading.Direction != TimeDirection.Future) said += $" {reading.Direction}";
        if (reading.Since) said += " since";
        if (reading.Every != TimeEvery.Never) said += $" every:{reading.Every}";
        if (reading.Refusal != TimeRefusal.None) said = $"{reading.Refusal}";
        return reading.Words == text ? said : $"{said} [{reading.Words}]";
    }

    private static string At(DateTimeOffset time) => time.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
