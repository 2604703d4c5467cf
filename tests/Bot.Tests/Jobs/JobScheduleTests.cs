using System.Data.Common;
using Hangfire;
using Hangfire.Common;
using Hangfire.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using WuShe.Bot.Jobs;
using WuShe.Services.Common;

namespace WuShe.Bot.Tests.Jobs;

/// <summary>Redis may go away while the schedule is being written: the service stays up and writes it later.</summary>
public sealed class JobScheduleTests
{
    [Fact]
    public async Task What_cannot_be_written_now_is_written_again_and_ends_nothing()
    {
        var (time, away) = (new FakeTimeProvider(), new Away());
        using var schedule = new JobSchedule(away, away, [new JobDescription(typeof(NoJob), "* * * * *")], time, NullLogger<JobSchedule>.Instance);
        await schedule.StartAsync(default);
        for (var tries = 1; tries <= 3; tries++)
        {
            Assert.True(await away.Tried.WaitAsync(TimeSpan.FromSeconds(30)));
            // The pause begins a moment after the attempt failed.
            while (away.Tried.CurrentCount == 0 && !schedule.ExecuteTask!.IsCompleted)
            {
                time.Advance(TimeSpan.FromSeconds(5));
                await Task.Yield();
            }
            Assert.False(schedule.ExecuteTask!.IsCompleted);
        }
        await schedule.StopAsync(default);
    }

    private sealed class NoJob : IJob
    {
        public Task Run(CancellationToken ct) => Task.CompletedTask;
    }

    /// <summary>A storage that cannot be reached.</summary>
    private sealed class Away : JobStorage, IRecurringJobManager
    {
        public SemaphoreSlim Tried { get; } = new(0);

        public override IMonitoringApi GetMonitoringApi() => throw new NotSupportedException();

        public override IStorageConnection GetConnection() => throw new NotSupportedException();

        public void AddOrUpdate(string recurringJobId, Job job, string cronExpression, RecurringJobOptions options)
        {
            Tried.Release();
            throw new GoneAway();
        }

        public void Trigger(string recurringJobId) => throw new NotSupportedException();

        public void RemoveIfExists(string recurringJobId) => throw new NotSupportedException();
    }

    private sealed class GoneAway() : DbException("away");
}
