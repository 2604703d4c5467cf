using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace WuShe.Integrations.Tests.WeChat;

/// <summary>The npm packages <c>@wecom/crypto</c> and <c>wechat-crypto</c> in a process of their own, installed from the lock file.</summary>
internal static class NodePeers
{
    private static readonly string Project = ProjectFolder();
    private static readonly string Source = Path.Combine(Project, "NodePeers");
    private static readonly SemaphoreSlim Installing = new(1);

    /// <summary>False only where there is no node.</summary>
    public static async Task<bool> AreThere()
    {
        try
        {
            await Run(AppContext.BaseDirectory, "node", ["--version"], "");
            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Gives the package what it is to open and to encrypt, and returns what came of it.</summary>
    public static async Task<PeerAnswer> Ask(string package, PeerQuestion question)
    {
        var answer = await Run(await Installed(), "node", ["--no-deprecation", "peers.mjs", package], JsonSerializer.Serialize(question, JsonSerializerOptions.Web));
        return JsonSerializer.Deserialize<PeerAnswer>(answer, JsonSerializerOptions.Web)!;
    }

    /// <summary>Once for each version of the lock file.</summary>
    private static async Task<string> Installed()
    {
        await Installing.WaitAsync();
        try
        {
            var version = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Source, "package-lock.json"))))[..12];
            var folder = Directory.CreateDirectory(Path.Combine(Project, "obj", $"node-peers-{version}")).FullName;
            foreach (var file in (string[])["package.json", "package-lock.json", "peers.mjs"]) File.Copy(Path.Combine(Source, file), Path.Combine(folder, file), overwrite: true);
            var done = Path.Combine(folder, "installed");
            if (File.Exists(done)) return folder;
            await Run(folder, OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], "");
            await File.WriteAllTextAsync(done, version);
            return folder;
        }
        finally
        {
            Installing.Release();
        }
    }

    private static async Task<string> Run(string folder, string program, string[] arguments, string input)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
        };
        using var process = Process.Start(start)!;
        var (printed, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await complained}");
        return await printed;
    }

    private static string ProjectFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Integrations.Tests.csproj")))
                return folder.FullName;
        throw new InvalidOperationException("Integrations.Tests.csproj is in no folder above " + AppContext.BaseDirectory);
    }
}

/// <summary>Answers as the service sends them, pushes as they are before encryption, and a page for the JS-SDK.</summary>
internal sealed record PeerQuestion(string Token, string Key, string Id, string Timestamp, string Nonce, string[] Answers, string[] Pushes, PeerPage Page);

internal sealed record PeerPage(string Url, string Ticket);

internal sealed record PeerAnswer(PeerOpened[] Opened, PeerPushed[] Pushed, PeerPushed Foreign, string Plain, string Page);

internal sealed record PeerOpened(string Message, string Receiver);

internal sealed record PeerPushed(string Encrypted, string Signature);
