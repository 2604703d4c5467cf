using System.ComponentModel;
using Hangfire;
using WuShe.Services.Common;

namespace WuShe.Bot.Jobs;

/// <summary>What Hangfire calls: finds the job by its name and runs it. The jobs themselves know nothing of Hangfire.</summary>
public sealed class JobRunner(IReadOnlyList<JobDescription> jobs, IServiceProvider services)
{
    private readonly Dictionary<string, Type> _jobs = jobs.ToDictionary(job => NameOf(job.Type), job => job.Type, StringComparer.Ordinal);

    /// <summary>Runs the job. Nothing keeps two runs apart but the jobs' own claims on their rows: that is what they promise.</summary>
    [DisplayName("{0}")]
    [AutomaticRetry(Attempts = 0)]
    public Task Run(string name, CancellationToken ct) =>
        _jobs.TryGetValue(name, out var job) ? ((IJob)services.GetRequiredService(job)).Run(ct) : Task.CompletedTask;

    /// <summary>The job's name in Hangfire: its class's.</summary>
    public static string NameOf(Type job) => job.Name;
}
