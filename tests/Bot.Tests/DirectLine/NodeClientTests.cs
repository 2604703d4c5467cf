using System.Diagnostics;
using System.Security.Cryptography;
using WuShe.Bot.Tests.Browser;

namespace WuShe.Bot.Tests.DirectLine;

/// <summary>The stock <c>botframework-directlinejs</c> client runs a whole report, over WebSocket with the line cut, and over polling.</summary>
public sealed class NodeClientTests(EmbeddedService service) : IClassFixture<EmbeddedService>
{
    private static readonly string Source = Path.Combine(Repository.Root, "tests", "Bot.Tests", "NodeClient");

    [Theory]
    [InlineData("websocket")]
    [InlineData("polling")]
    public async Task A_report_runs_to_its_number(string mode)
    {
        var folder = await Installed();
        var printed = await Run(folder, "node", "report.mjs", service.Bot.Address.AbsoluteUri, mode);
        Assert.Matches(@"^\d{6}-\d{4}", printed);
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
            await Run(folder, OperatingSystem.IsWindows() ? "npm.cmd" : "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            await File.WriteAllTextAsync(done, version);
        }
        return folder;
    }

    private static async Task<string> Run(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (printed, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await complained}{await printed}");
        return await printed;
    }
}
