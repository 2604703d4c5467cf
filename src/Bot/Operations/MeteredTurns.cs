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

    /// <summary>In seconds; what comes without them is made for milliseconds and would put every turn into one bucket.</summary>
    private static readonly InstrumentAdvice<double> Buckets = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    };

    private readonly Conversations _turns;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _replies;

    public MeteredTurns(Conversations turns, IMeterFactory meters)
    {
        _turns = turns;
        var meter = meters.Create(Name);
        _duration = meter.CreateHistogram("wushe.turn.duration", "s", "Time from a message to its committed replies", advice: Buckets);
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
