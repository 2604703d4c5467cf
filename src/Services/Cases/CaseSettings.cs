using System.ComponentModel.DataAnnotations;

namespace WuShe.Services.Cases;

/// <summary>Settings under <c>Cases:</c>.</summary>
public sealed record CaseSettings
{
    /// <summary>How long after the close the resident is asked to rate it.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00", ErrorMessage = "Cases:AskForRatingAfter must be a time from 00:00:00 to 30.00:00:00.")]
    public TimeSpan AskForRatingAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a message that no way was open for waits before staff are asked to tell the resident themselves; urgent ones do not wait.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00", ErrorMessage = "Cases:AskStaffAfter must be a time from 00:00:00 to 30.00:00:00.")]
    public TimeSpan AskStaffAfter { get; init; } = TimeSpan.FromDays(2);
}
