using System.ComponentModel.DataAnnotations;

namespace WuShe.Services.Bindings;

/// <summary>Settings under <c>Bindings:</c>.</summary>
public sealed record BindingSettings
{
    /// <summary>How long a code is good.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "01:00:00", ErrorMessage = "Bindings:CodeLifetime must be a time from 00:01:00 to 01:00:00.")]
    public TimeSpan CodeLifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Codes that one conversation may ask for in an hour.</summary>
    [Range(1, 1000, ErrorMessage = "Bindings:CodesPerHour must be from 1 to 1000.")]
    public int CodesPerHour { get; init; } = 5;

    /// <summary>Codes that one conversation may try in an hour, right or wrong.</summary>
    [Range(1, 1000, ErrorMessage = "Bindings:TriesPerHour must be from 1 to 1000.")]
    public int TriesPerHour { get; init; } = 5;

    /// <summary>
    /// Codes that all conversations together may try in ten minutes: whoever opens conversation after conversation to guess
    /// gets no further than this, and admins are told.
    /// </summary>
    [Range(1, 100_000, ErrorMessage = "Bindings:TriesOfAllPerTenMinutes must be from 1 to 100000.")]
    public int TriesOfAllPerTenMinutes { get; init; } = 60;
}
