using Hangfire;

namespace WuShe.Bot.Jobs;

/// <summary>Beijing time for schedules, without the machine's time zone files: UTC+8, no summer time.</summary>
internal sealed class BeijingTimeZone : ITimeZoneResolver
{
    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.CreateCustomTimeZone("Beijing", TimeSpan.FromHours(8), "Beijing", "Beijing");

    public TimeZoneInfo GetTimeZoneById(string timeZoneId) => timeZoneId == Zone.Id ? Zone : TimeZoneInfo.FindSystemTimeZoneById(timeZoneId);
}
