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

    /// <summary>So many followers make a case one degree more pressing, twice as many two.</summary>
    [Range(1, 1000, ErrorMessage = "Cases:FollowersPerPriority must be a number from 1 to 1000.")]
    public int FollowersPerPriority { get; init; } = 5;

    /// <summary>How far apart two points may be to be one spot, in metres.</summary>
    [Range(0, 5000, ErrorMessage = "Cases:NearbyMetres must be a number from 0 to 5000.")]
    public int NearbyMetres { get; init; } = 100;

    /// <summary>How old an open case may be to be offered to whoever reports the same; with 0 none is.</summary>
    [Range(0, 365, ErrorMessage = "Cases:NearbyDays must be a number from 0 to 365.")]
    public int NearbyDays { get; init; } = 30;
}
