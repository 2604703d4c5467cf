using Hangfire;
using WuShe.Services.Common;
using WuShe.Services.Common.Media;
using WuShe.Services.Common.Messages;

namespace WuShe.Bot.Jobs;

/// <summary>
/// Rings for the outbox and for promised pictures, at most once in a quarter of a second however many transactions commit in
/// it: one run of a job works through everything that is due.
/// </summary>
public sealed partial class JobBell(IBackgroundJobClient hangfire, TimeProvider time, ILogger<JobBell> log) : BackgroundService, IWake
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly SemaphoreSlim _rung = new(0, 1);
    private int _outbox;
    private int _media;
    private int _ringing;

    public void Outbox() => Ring(ref _outbox);

    public void Media() => Ring(ref _media);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await _rung.WaitAsync(stoppingToken);
            Interlocked.Exchange(ref _ringing, 0);
            Wake<DeliverOutbox>(ref _outbox);
            Wake<FetchInboundMedia>(ref _media);
            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    private void Ring(ref int bell)
    {
        Volatile.Write(ref bell, 1);
        if (Interlocked.Exchange(ref _ringing, 1) == 0) _rung.Release();
    }

    private void Wake<T>(ref int bell) where T : IJob
    {
        if (Interlocked.Exchange(ref bell, 0) == 0) return;
        try
        {
            var name = JobRunner.NameOf(typeof(T));
            hangfire.Enqueue<JobRunner>(runner => runner.Run(name, CancellationToken.None));
        }
        catch (BackgroundJobClientException problem)
        {
            // The sweep does what this wake-up would have done.
            WakeUpFailed(problem);
        }
    }

    [LoggerMessage(3001, LogLevel.Warning, "A job could not be enqueued; the next sweep does its work.")]
    private partial void WakeUpFailed(Exception problem);
}
