using WuShe.Services.Common.Calendar;

namespace WuShe.Bot.Jobs;

/// <summary>
/// Every ten seconds reads holidays and duty hours that were changed anywhere, and tells admins which year's holidays are
/// missing.
/// </summary>
public sealed partial class FollowWorkingTime(WorkingTimeMap map, MissingHolidays missing, TimeProvider time, ILogger<FollowWorkingTime> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await map.Reload(stoppingToken);
                await missing.Tell();
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                NotNow(problem.GetType().Name);
            }
            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    [LoggerMessage(3005, LogLevel.Warning, "Holidays and duty hours could not be read ({Problem}); tried again soon.")]
    private partial void NotNow(string problem);
}
