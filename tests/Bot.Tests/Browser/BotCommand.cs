using System.Diagnostics;

namespace WuShe.Bot.Tests.Browser;

/// <summary>Runs the program as a person at a terminal does.</summary>
internal static class BotCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Runs it to its end with an empty data directory of its own: the exit code and the lines printed, both streams.</summary>
    public static async Task<(int Code, string[] Lines)> Run(string[] arguments, params (string Key, string Value)[] settings)
    {
        var data = Directory.CreateTempSubdirectory("wushe-command");
        try
        {
            return await Finish(Prepare([.. arguments, "--urls", "http://127.0.0.1:0"], data.FullName, settings));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    /// <summary>Runs it with words on its standard input: what it wrote to each stream.</summary>
    public static async Task<(int Code, string Out, string Error)> Pipe(string input, string[] arguments, string dataDirectory, params (string Key, string Value)[] settings)
    {
        var start = Prepare(arguments, dataDirectory, settings);
        start.RedirectStandardInput = true;
        start.StandardInputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        using var process = Process.Start(start)!;
        var (printed, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Limit);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await printed, await complained);
    }

    public static async Task<(int Code, string[] Lines)> Finish(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        var (printed, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(Limit);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, (await printed + await complained).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    public static ProcessStartInfo Prepare(IEnumerable<string> arguments, string dataDirectory, IEnumerable<(string Key, string Value)> settings)
    {
        if (!File.Exists(Repository.BotAssembly))
            throw new InvalidOperationException("The service is not built: " + Repository.BotAssembly);
        var start = new ProcessStartInfo("dotnet", [Repository.BotAssembly, .. arguments])
        {
            WorkingDirectory = Repository.BotProject,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        start.Environment["DataDirectory"] = dataDirectory;
        foreach (var (key, value) in settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        return start;
    }
}
