using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace WuShe.Fakes;

/// <summary>One call as the platform saw it. <paramref name="Code"/>: what it answered; an HTTP status where that was no 200.</summary>
public sealed record WeChatCall(DateTimeOffset At, string Method, string Path, int Code, WeChatFault Fault);

public enum WeChatFault
{
    None,

    /// <summary>Refused without doing anything.</summary>
    Error,

    /// <summary>Done, but the connection broke before the answer came.</summary>
    LostAnswer,
}

/// <summary>
/// What goes wrong on the way, by chance but the same at each run: shares of calls (0 to 1) that are answered by an error,
/// answered late, or done without their answer arriving.
/// </summary>
public sealed class FakeWeChatFaults
{
    private readonly Lock _lock = new();
    private Random _chance = new(1);

    public double Errors { get; set; }

    /// <summary>Error codes to choose from; from 500 to 599 as HTTP status.</summary>
    public IReadOnlyList<int> Codes { get; set; } = [-1, 503];

    public double Delays { get; set; }

    /// <summary>By the platform's clock: with a clock of a test it waits until that is moved.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromSeconds(2);

    public double LostAnswers { get; set; }

    /// <summary>The mixture that every promise is held against: 5 % errors, 5 % late, 5 % lost answers.</summary>
    public void Usual(int seed)
    {
        lock (_lock) _chance = new Random(seed);
        (Errors, Delays, LostAnswers) = (0.05, 0.05, 0.05);
    }

    public void None() => (Errors, Delays, LostAnswers) = (0, 0, 0);

    internal (WeChatFault Fault, int Code, bool Late) Next()
    {
        lock (_lock)
        {
            var late = _chance.NextDouble() < Delays;
            var dice = _chance.NextDouble();
            if (dice < Errors) return (WeChatFault.Error, Codes[_chance.Next(Codes.Count)], late);
            return (dice < Errors + LostAnswers ? WeChatFault.LostAnswer : WeChatFault.None, 0, late);
        }
    }

    /// <summary>Lets a call through, or not, and notes what became of it.</summary>
    internal async Task Around(HttpContext http, TimeProvider time, Func<Task> work, Action<WeChatCall> note)
    {
        var (fault, code, late) = Next();
        if (late) await Task.Delay(Delay, time, http.RequestAborted);
        var wire = http.Response.Body;
        using var answer = new MemoryStream();
        http.Response.Body = answer;
        if (fault == WeChatFault.Error) await Answer(code).ExecuteAsync(http);
        else await work();
        http.Response.Body = wire;
        note(new WeChatCall(time.GetUtcNow(), http.Request.Method, http.Request.Path, CodeOf(http.Response.StatusCode, answer), fault));
        if (fault == WeChatFault.LostAnswer) http.Abort();
        else await wire.WriteAsync(answer.GetBuffer().AsMemory(0, (int)answer.Length));
    }

    internal static IResult Answer(int code) => code is >= 500 and < 600 ? Results.StatusCode(code) : FakeWeChat.Code(code);

    private static int CodeOf(int status, MemoryStream answer)
    {
        if (status != StatusCodes.Status200OK) return status;
        if (answer.Length is 0 or > 4096 || answer.GetBuffer()[0] != '{') return 0;
        try
        {
            using var json = JsonDocument.Parse(answer.GetBuffer().AsMemory(0, (int)answer.Length));
            return json.RootElement.TryGetProperty("errcode", out var code) ? code.GetInt32() : 0;
        }
        catch (JsonException)
        {
            return -2;
        }
    }
}
