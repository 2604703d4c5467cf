using System.Diagnostics;
using System.Diagnostics.Metrics;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;

namespace WuShe.Bot.Operations;

/// <summary>Measures turns on their way through: how long they take and how many replies each channel gets.</summary>
public sealed class MeteredTurns : ITurns
{
    /// <summary>The name that OpenTelemetry collects by, for the meter and for the traces.</summary>
    public const string Name = "WuShe.Turns";

    private static readonly ActivitySource Traces = new(Name);
    private readonly Conversations _turns;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _replies;

    public MeteredTurns(Conversations turns, IMeterFactory meters)
    {
        _turns = turns;
        var meter = meters.Create(Name);
        _duration = meter.CreateHistogram<double>("wushe.turn.duration", "s", "Time from a message to its committed replies");
        _replies = meter.CreateCounter<long>("wushe.turn.replies", "{reply}", "Replies by channel");
    }

    public async Task<TurnResult> Run(Turn turn, CancellationToken ct)
    {
        var channel = new KeyValuePair<string, object?>("channel", turn.Conversation.Channel);
        using var activity = Traces.StartActivity("turn");
        activity?.SetTag("channel", turn.Conversation.Channel);
        var started = Stopwatch.GetTimestamp();
        try
        {
            var result = await _turns.Run(turn, ct);
            _replies.Add(result.Replies.Count, channel);
            return result;
        }
        catch (Exception problem)
        {
            activity?.SetStatus(ActivityStatusCode.Error, problem.GetType().Name);
            throw;
        }
        finally
        {
            _duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, channel);
        }
    }

    public Task Settle(Turn turn, CancellationToken ct) => _turns.Settle(turn, ct);
}
