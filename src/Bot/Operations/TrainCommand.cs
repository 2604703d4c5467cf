using System.Diagnostics;
using System.Globalization;
using WuShe.Dialogs.Understanding.Training;

namespace WuShe.Bot.Operations;

/// <summary><c>train [file]</c>: trains the model from the utterances of the repository and writes it where the next build takes it in.</summary>
public static class TrainCommand
{
    private static readonly string Model = Path.Combine("..", "Dialogs", "Understanding", "Data", "understanding.model");

    public static async Task<int> Run(string? file, string projectFolder, TextWriter output)
    {
        file ??= Path.GetFullPath(Path.Combine(projectFolder, Model));
        var clock = Stopwatch.StartNew();
        var utterances = OwnUtterances.Training();
        using var model = new MemoryStream();
        ModelTrainer.Train(utterances).Write(model);
        await File.WriteAllBytesAsync(file, model.ToArray());
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Trained on {utterances.Count} utterances in {clock.Elapsed.TotalSeconds:F0} s: {model.Length / 1e6:F1} MB in {file}"));
        return 0;
    }
}
