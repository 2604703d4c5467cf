using System.Diagnostics;
using System.Security.Cryptography;
using WuShe.Bot.Tests.Browser;

namespace WuShe.Bot.Tests.DirectLine;

/// <summary>
/// The stock <c>botframework-directlinejs</c> client runs a whole report with a photo, over WebSocket and over polling: with the line
/// cut while the bot speaks, and with the service killed and started again.
/// </summary>
public sealed class NodeClientTests(EmbeddedService service) : IClassFixture<EmbeddedService>
{
    private static readonly string Source = Path.Combine(Repository.Root, "tests", "Bot.Tests", "NodeClient");

    [Theory]
    [InlineData("websocket")]
    [InlineData("polling")]
    public async Task A_report_runs_to_its_number(string mode)
    {
        var folder = await Installed();
        var picture = Path.Combine(folder, "stairwell.jpg");
        await File.WriteAllBytesAsync(picture, Pictures.Stairwell);
        var printed = await Run(folder, "node", ["report.mjs", service.Bot.Address.AbsoluteUri, mode, picture], async (line, answer) =>
        {
            if (line != "restart") return;
            await service.Bot.KillAndRun();
            await answer.WriteLineAsync("running");
        });
        Assert.Equal("restart", printed[0]);
        Assert.Matches(@"^\d{6}-\d{4}$", printed[^1]);
    }

    /// <summary>Installed from the lock file, once for each version of it.</summary>
    private static async Task<string> Installed()
    {
        var version = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Source, "package-lock.json"))))[..12];
        var folder = Path.Combine(Repository.Root, "tests", "Bot.Tests", "obj", $"node-client-{version}");
        Directory.CreateDirectory(folder);
        foreach (var file in (string[])["package.json", "package-lock.json", "report.mjs"]) File.Copy(Path.Combine(Source, file), Path.Combine(folder, file), overwrite: true);
        var done = Path.Combine(folder, "installed");
        if (!File.Exists(done))
        {
            await Run(folder, OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], (_, _) => Task.CompletedTask);
            await File.WriteAllTextAsync(done, version);
        }
        return folder;
    }

    /// <summary>Runs it to its good end; <paramref name="heed"/> hears each printed line and may answer. The lines printed.</summary>
    private static async Task<List<string>> Run(string folder, string program, string[] arguments, Func<string, StreamWriter, Task> heed)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var complained = process.StandardError.ReadToEndAsync();
        List<string> printed = [];
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            printed.Add(line);
            await heed(line, process.StandardInput);
        }
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await complained}{string.Join('\n', printed)}");
        return printed;
    }
}
