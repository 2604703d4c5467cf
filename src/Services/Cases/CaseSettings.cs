using System.ComponentModel.DataAnnotations;

namespace WuShe.Services.Cases;

/// <summary>Settings under <c>Cases:</c>.</summary>
public sealed record CaseSettings
{
    /// <summary>How long after the close the resident is asked to rate it.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00", ErrorMessage = "Cases:AskForRatingAfter must be a time from 00:00:00 to 30.00:00:00.")]
    public TimeSpan AskForRatingAfter { get; init; } = TimeSpan.FromHours(1);
}
