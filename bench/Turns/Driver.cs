using System.Diagnostics;
using System.Text;

namespace WuShe.Bench.Turns;

/// <summary>How a line goes over the wire and how the reply's text comes back.</summary>
internal interface IWire
{
    (string Path, string ContentType, ReadOnlyMemory<byte> Body) Push(int resident, long message, string text);

    string ReplyText(ReadOnlyMemory<byte> body);
}

/// <summary>N residents, each on a connection of its own, going through a script again and again.</summary>
internal sealed class Driver(Uri url, IWire wire, Line[] script, int residents)
{
    private long _message = Stopwatch.GetTimestamp();
    private long _turns;
    private volatile bool _measuring;

    public async Task<Figures> Run(TimeSpan warm, TimeSpan measure, int? serverPid)
    {
        using var stop = new CancellationTokenSource();
        var latencies = new List<long>[residents];
        var people = Enumerable.Range(0, residents).Select(i => Task.Run(() => Talk(i, latencies[i] = new List<long>(200_000), stop.Token))).ToArray();
        await Either(people, Task.Delay(warm, TimeProvider.System));
        var cpu = Cpu(serverPid);
        var clock = Stopwatch.StartNew();
        var before = Interlocked.Read(ref _turns);
        _measuring = true;
        await Either(people, Task.Delay(measure, TimeProvider.System));
        _measuring = false;
        var turns = Interlocked.Read(ref _turns) - before;
        var seconds = clock.Elapsed.TotalSeconds;
        var spent = Cpu(serverPid) - cpu;
        await stop.CancelAsync();
        await Task.WhenAll(people);
        var all = latencies.SelectMany(l => l).Order().ToArray();
        return new Figures(turns / seconds, spent.TotalMilliseconds / turns, At(all, 0.50), At(all, 0.99));
    }

    private async Task Talk(int resident, List<long> latencies, CancellationToken stop)
    {
        using var http = new RawHttp(url.Host, url.Port);
        await http.Connect();
        while (!stop.IsCancellationRequested)
        {
            foreach (var line in script)
            {
                var (path, type, body) = wire.Push(resident, Interlocked.Increment(ref _message), line.Say);
                var started = Stopwatch.GetTimestamp();
                var (status, reply) = await http.Post(path, type, body);
                if (_measuring) latencies.Add(Stopwatch.GetTimestamp() - started);
                var text = status == 200 ? wire.ReplyText(reply) : Encoding.UTF8.GetString(reply.Span);
                if (status != 200 || !text.Contains(line.Expect, StringComparison.Ordinal))
                {
                    throw new InvalidOperationException($"Resident {resident} said {line.Say}, expected …{line.Expect}…, got {status}: {text}");
                }
                Interlocked.Increment(ref _turns);
                if (stop.IsCancellationRequested && line == script[^1]) return;
            }
        }
    }

    private static async Task Either(Task[] people, Task time)
    {
        var first = await Task.WhenAny([.. people, time]);
        await first;
    }

    private static TimeSpan Cpu(int? pid) => pid is { } id ? Process.GetProcessById(id).TotalProcessorTime : TimeSpan.Zero;

    private static double At(long[] sorted, double part) =>
        sorted.Length == 0 ? 0 : sorted[(int)((sorted.Length - 1) * part)] * 1000.0 / Stopwatch.Frequency;
}

/// <summary>Turns a second, server CPU in ms a turn, and latencies in ms.</summary>
internal sealed record Figures(double TurnsPerSecond, double CpuMs, double P50, double P99);
