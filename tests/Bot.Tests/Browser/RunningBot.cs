using System.Diagnostics;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace WuShe.Bot.Tests.Browser;

/// <summary>
/// The real service as its own process, on a free port of this machine and a data directory of its own. It can be stopped as an
/// operator does, killed as a power cut does, and started again on the same port and data.
/// </summary>
public sealed class RunningBot : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private readonly List<string> lines = [];
    private readonly (string Key, string Value)[] settings;
    private Process? process;
    private int firstLine;

    private RunningBot((string Key, string Value)[] settings)
    {
        this.settings = settings;
        Address = new Uri($"http://127.0.0.1:{FreePort()}/");
        DataDirectory = Directory.CreateTempSubdirectory("wushe-").FullName;
    }

    /// <summary>The root of the service, with a slash at the end. Stays the same over restarts.</summary>
    public Uri Address { get; }

    /// <summary>Kept over restarts, deleted by <see cref="DisposeAsync"/>.</summary>
    public string DataDirectory { get; }

    /// <summary>How long the last start took, from creating the process to the first answer of <c>/health/live</c>.</summary>
    public TimeSpan StartTime { get; private set; }

    /// <summary>The process id, for measurements. 0 while stopped.</summary>
    public int Id => process is { HasExited: false } ? process.Id : 0;

    /// <summary>What the process has printed since its last start, both streams.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (lines)
                return lines[firstLine..];
        }
    }

    /// <summary>Starts a fresh service in Development.</summary>
    /// <param name="settings">Configuration as in <c>("Cases:RatingDelay", "00:00:02")</c>; wins over everything but the address.</param>
    /// <exception cref="InvalidOperationException">It ended or did not answer within a minute; the message holds what it printed.</exception>
    public static async Task<RunningBot> Start(params (string Key, string Value)[] settings)
    {
        var bot = new RunningBot(settings);
        try
        {
            await bot.Run();
            return bot;
        }
        catch
        {
            await bot.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it as an operator does (SIGTERM) and waits for it to be gone.</summary>
    public async Task Stop()
    {
        if (process is null or { HasExited: true })
            return;
        if (OperatingSystem.IsWindows())
            process.Kill(entireProcessTree: true);
        else
            using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(null, null)]))
                await kill.WaitForExitAsync();
        await Gone(process, StopLimit);
    }

    /// <summary>Ends it as a power cut does (SIGKILL): nothing of it runs on.</summary>
    public async Task Kill()
    {
        if (process is null or { HasExited: true })
            return;
        process.Kill(entireProcessTree: true);
        await Gone(process, StopLimit);
    }

    /// <summary>Starts it again after <see cref="Stop"/> or <see cref="Kill"/>, on the same port and data.</summary>
    public async Task Run()
    {
        if (Id != 0)
            throw new InvalidOperationException("It is running already.");
        process?.Dispose();
        lock (lines)
            firstLine = lines.Count;
        var started = Stopwatch.StartNew();
        process = Process.Start(BotCommand.Prepare(["--urls", Address.GetLeftPart(UriPartial.Authority)], DataDirectory, settings))!;
        process.OutputDataReceived += Note;
        process.ErrorDataReceived += Note;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Answers(process, started);
        StartTime = started.Elapsed;
    }

    /// <summary>Kills it and starts it again: what a resident or a worker meets after a power cut.</summary>
    public async Task KillAndRun()
    {
        await Kill();
        await Run();
    }

    /// <summary>Runs one of the program's commands to its end, with the service's settings: the exit code and what it printed.</summary>
    public Task<(int Code, string[] Lines)> Command(params string[] arguments) =>
        BotCommand.Finish(BotCommand.Prepare(arguments, DataDirectory, [.. settings, ("PublicUrl", Address.AbsoluteUri)]));

    /// <summary>A one-time sign-in link, as an administrator prints it beside the running service: <c>staff link &lt;login&gt;</c>.</summary>
    public async Task<string> LinkFor(string login)
    {
        var (code, lines) = await Command("staff", "link", login);
        return code == 0 ? lines[^1] : throw new InvalidOperationException(string.Join(Environment.NewLine, lines));
    }

    /// <summary>Waits for a line printed since the last start that matches <paramref name="pattern"/>.</summary>
    public async Task<Match> Printed(string pattern, TimeSpan? within = null)
    {
        var waiting = Stopwatch.StartNew();
        do
        {
            foreach (var line in Lines)
                if (Regex.Match(line, pattern) is { Success: true } match)
                    return match;
            await Task.Delay(Glance, TimeProvider.System);
        }
        while (waiting.Elapsed < (within ?? TimeSpan.FromSeconds(10)));
        throw new InvalidOperationException($"No printed line matches {pattern}.{Environment.NewLine}{All()}");
    }

    /// <summary>The first printed address that has <paramref name="part"/> in it, such as <c>/chat</c> or <c>/staff</c>.</summary>
    public async Task<Uri> PrintedAddress(string part) =>
        new((await Printed($@"https?://\S*{Regex.Escape(part)}\S*")).Value);

    /// <summary>Kills it, keeps its output as a log in TestResults, and deletes its data.</summary>
    public async ValueTask DisposeAsync()
    {
        await Kill();
        process?.Dispose();
        await File.WriteAllTextAsync(Path.Combine(Repository.TestResults, $"bot-{Address.Port}.log"), All());
        try
        {
            Directory.Delete(DataDirectory, recursive: true);
        }
        catch (IOException)
        {
            // Left to the system's cleaning of temporary files: no reason to fail a test.
        }
    }

    private async Task Answers(Process started, Stopwatch since)
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        while (since.Elapsed < StartLimit)
        {
            if (started.HasExited)
            {
                // Waits for what it printed last, too.
                await started.WaitForExitAsync();
                throw new InvalidOperationException($"The service ended with {started.ExitCode}.{Environment.NewLine}{All()}");
            }
            try
            {
                using var answer = await http.GetAsync(new Uri("health/live", UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            catch (TaskCanceledException)
            {
                // Listening, but busy starting.
            }
            await Task.Delay(Glance, TimeProvider.System);
        }
        throw new InvalidOperationException($"The service did not answer within {StartLimit}.{Environment.NewLine}{All()}");
    }

    private static async Task Gone(Process ending, TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit);
        await ending.WaitForExitAsync(timeout.Token);
    }

    private void Note(object sender, DataReceivedEventArgs printed)
    {
        if (printed.Data is not { } line)
            return;
        lock (lines)
            lines.Add(line);
    }

    private string All()
    {
        lock (lines)
            return string.Join(Environment.NewLine, lines);
    }

    // Below the range that outgoing connections take their ports from, so that none takes ours while the service is down.
    private static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20000, 30000);
            try
            {
                using var probe = new TcpListener(System.Net.IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: try another.
            }
        }
    }
}
