using Hangfire;
using Hangfire.Storage;
using WuShe.Services.Common;

namespace WuShe.Bot.Jobs;

/// <summary>
/// Puts the services' jobs on Hangfire's calendar at start, and takes off what no manifest names any more. Runs beside the
/// start: a lock that a killed process left on a schedule runs out by itself and a lost server comes back; nobody waits for it.
/// </summary>
public sealed partial class JobSchedule(
    IRecurringJobManager recurring, JobStorage storage, IReadOnlyList<JobDescription> jobs, TimeProvider time, ILogger<JobSchedule> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Arrange();
                return;
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                NotNow(problem.GetType().Name);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private void Arrange()
    {
        var options = new RecurringJobOptions { TimeZone = BeijingTimeZone.Zone, MisfireHandling = MisfireHandlingMode.Ignorable };
        foreach (var job in jobs)
        {
            var name = JobRunner.NameOf(job.Type);
            recurring.AddOrUpdate<JobRunner>(name, runner => runner.Run(name, CancellationToken.None), job.Cron, options);
        }
        using var connection = storage.GetConnection();
        foreach (var id in connection.GetAllItemsFromSet("recurring-jobs"))
        {
            if (jobs.All(job => JobRunner.NameOf(job.Type) != id)) recurring.RemoveIfExists(id);
        }
    }

    [LoggerMessage(3002, LogLevel.Warning, "The schedule of the jobs could not be written ({Problem}); trying again.")]
    private partial void NotNow(string problem);
}
