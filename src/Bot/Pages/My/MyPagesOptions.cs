using System.ComponentModel.DataAnnotations;

namespace WuShe.Bot.Pages.My;

/// <summary>Settings under <c>MyPages</c>.</summary>
public sealed class MyPagesOptions
{
    /// <summary>How long a browser is known without being recognised anew; that costs nobody more than a moment.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "30.00:00:00", ErrorMessage = "MyPages:VisitLasts must be from 00:05:00 to 30.00:00:00.")]
    public TimeSpan VisitLasts { get; init; } = TimeSpan.FromHours(12);
}
