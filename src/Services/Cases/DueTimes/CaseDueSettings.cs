using System.ComponentModel.DataAnnotations;

namespace WuShe.Services.Cases;

/// <summary>What happens to a case by the clock; settings under <c>Cases:</c>, too. Working days are those of the case's unit.</summary>
public sealed record CaseDueSettings : IValidatableObject
{
    /// <summary>How long nobody may take up an urgent case before its leads are told again.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "2.00:00:00", ErrorMessage = "Cases:UrgentAgainAfter must be a time from 00:05:00 to 2.00:00:00.")]
    public TimeSpan UrgentAgainAfter { get; init; } = TimeSpan.FromHours(2);

    /// <summary>So many working days of duty time may a claimed case go without a step of its worker.</summary>
    [Range(1, 10, ErrorMessage = "Cases:ReactWorkingDays must be from 1 to 10.")]
    public int ReactWorkingDays { get; init; } = 1;

    /// <summary>The first warning, in percent of the limit.</summary>
    [Range(1, 98, ErrorMessage = "Cases:WarnAtPercent must be from 1 to 98.")]
    public int WarnAtPercent { get; init; } = 50;

    /// <summary>The second warning, in percent of the limit.</summary>
    [Range(2, 99, ErrorMessage = "Cases:WarnAgainAtPercent must be from 2 to 99.")]
    public int WarnAgainAtPercent { get; init; } = 80;

    /// <summary>So many working days later each the station and the centre hear of a late case.</summary>
    [Range(1, 10, ErrorMessage = "Cases:EscalateWorkingDays must be from 1 to 10.")]
    public int EscalateWorkingDays { get; init; } = 1;

    /// <summary>After so many working days the centre hears of it again.</summary>
    [Range(1, 60, ErrorMessage = "Cases:EscalateAgainWorkingDays must be from 1 to 60.")]
    public int EscalateAgainWorkingDays { get; init; } = 5;

    /// <summary>So long after the close a resident may say that it is not solved.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "60.00:00:00", ErrorMessage = "Cases:SettleAfter must be a time from 1.00:00:00 to 60.00:00:00.")]
    public TimeSpan SettleAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>So many working days a revisit after a low rating may take.</summary>
    [Range(1, 60, ErrorMessage = "Cases:RevisitWorkingDays must be from 1 to 60.")]
    public int RevisitWorkingDays { get; init; } = 15;

    /// <summary>So long after the close the resident is asked once more, where the category says so; not before <see cref="SettleAfter"/>.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "180.00:00:00", ErrorMessage = "Cases:AskLaterAfter must be a time from 1.00:00:00 to 180.00:00:00.")]
    public TimeSpan AskLaterAfter { get; init; } = TimeSpan.FromDays(28);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (WarnAgainAtPercent <= WarnAtPercent) yield return new ValidationResult("Cases:WarnAgainAtPercent must be more than Cases:WarnAtPercent.");
        if (AskLaterAfter < SettleAfter) yield return new ValidationResult("Cases:AskLaterAfter must not be less than Cases:SettleAfter.");
    }
}
