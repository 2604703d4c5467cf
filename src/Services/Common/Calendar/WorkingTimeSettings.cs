using System.ComponentModel.DataAnnotations;

namespace WuShe.Services.Common.Calendar;

/// <summary>Settings under <c>WorkingTime:</c>.</summary>
public sealed record WorkingTimeSettings : IValidatableObject
{
    /// <summary>Duty hours of a working day for units that have none of their own, Beijing time.</summary>
    public string DutyHours { get; init; } = Calendar.DutyHours.Usual.ToString();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Calendar.DutyHours.Read(DutyHours) is null)
            yield return new ValidationResult("WorkingTime:DutyHours must be spans in order that do not overlap, such as 09:00-12:00,14:00-18:00.");
    }
}
