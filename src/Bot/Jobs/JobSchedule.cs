using Hangfire;
using WuShe.Services.Common;

namespace WuShe.Bot.Jobs;

/// <summary>Puts the services' jobs on Hangfire's calendar at start, and takes off what no manifest names any more.</summary>
public sealed class JobSchedule(IRecurringJobManager recurring, JobStorage storage, IReadOnlyList<JobDescription> jobs) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var options = new RecurringJobOptions { TimeZone = BeijingTimeZone.Zone, MisfireHandling = MisfireHandlingMode.Ignorable };
        foreach (var job in jobs)
        {
            var name = JobRunner.NameOf(job.Type);
            recurring.AddOrUpdate<JobRunner>(name, runner => runner.Run(name, CancellationToken.None), job.Cron, options);
        }
        RemoveForgotten();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void RemoveForgotten()
    {
        using var connection = storage.GetConnection();
        foreach (var id in connection.GetAllItemsFromSet("recurring-jobs"))
        {
            if (jobs.All(job => JobRunner.NameOf(job.Type) != id)) recurring.RemoveIfExists(id);
        }
    }
}
