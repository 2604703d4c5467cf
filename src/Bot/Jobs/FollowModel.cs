using WuShe.Services.Teaching;

namespace WuShe.Bot.Jobs;

/// <summary>Puts an accepted model to use on this instance, at start and within ten seconds after a training anywhere.</summary>
public sealed partial class FollowModel(ModelInUse model, TimeProvider time, ILogger<FollowModel> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await model.Follow(stoppingToken)) NewModel();
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                NotNow(problem.GetType().Name);
            }
            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    [LoggerMessage(3003, LogLevel.Information, "A newly trained model is in use.")]
    private partial void NewModel();

    [LoggerMessage(3004, LogLevel.Warning, "Whether there is a new model could not be seen ({Problem}); asked again soon.")]
    private partial void NotNow(string problem);
}
