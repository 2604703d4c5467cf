using Hangfire;
using WuShe.Services.Common;
using WuShe.Services.Common.Messages;

namespace WuShe.Bot.Jobs;

/// <summary>
/// Rings for the outbox at most once in a quarter of a second, however many transactions commit in it: one run of the job
/// delivers everything that is due.
/// </summary>
public sealed partial class OutboxBell(IBackgroundJobClient hangfire, TimeProvider time, ILogger<OutboxBell> log) : BackgroundService, IWake
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly SemaphoreSlim _rung = new(0, 1);
    private int _pending;

    public void Outbox()
    {
        if (Interlocked.Exchange(ref _pending, 1) == 0) _rung.Release();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await _rung.WaitAsync(stoppingToken);
            Interlocked.Exchange(ref _pending, 0);
            try
            {
                hangfire.Enqueue<JobRunner>(runner => runner.Run(JobRunner.NameOf(typeof(DeliverOutbox)), CancellationToken.None));
            }
            catch (BackgroundJobClientException problem)
            {
                // The sweep delivers what this wake-up would have.
                WakeUpFailed(problem);
            }
            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    [LoggerMessage(3001, LogLevel.Warning, "The outbox job could not be enqueued; the next sweep delivers.")]
    private partial void WakeUpFailed(Exception problem);
}
