using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WuShe.Services.ProblemReports;

/// <summary>What admins made different in a category. A field that is as the product has it is not kept: it follows the next release.</summary>
public sealed class CategoryChange
{
    public const int MaxFields = 4000;

    /// <summary>Code of the category.</summary>
    public required string Code { get; init; }

    /// <summary><see cref="CategoryFields"/> as JSON.</summary>
    public required string Fields { get; set; }

    /// <summary>Grows with every change, so that of two changes at once one fails.</summary>
    public int Version { get; set; }
    public Guid ChangedById { get; set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset ChangedAt { get; set; }
}

/// <summary>The fields of a category that may be changed; null is as it is.</summary>
internal sealed record CategoryFields
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public string? Name { get; init; }
    public string? Scope { get; init; }
    public string? Role { get; init; }
    public string? Nature { get; init; }

    /// <summary>Working days; 0 takes the limit of the nature.</summary>
    public int? Limit { get; init; }
    public int? FirstContact { get; init; }
    public bool? Urgent { get; init; }
    public bool? ClosingPhoto { get; init; }
    public bool? ClosingSignOff { get; init; }
    public bool? FollowUp { get; init; }
    public string? Department { get; init; }
    public string? Extra { get; init; }
    public string? Stop { get; init; }
    public string? Help { get; init; }

    public static CategoryFields Between(ProblemKind was, ProblemKind wanted) => new()
    {
        Name = Changed(was.Name, wanted.Name),
        Scope = Changed(was.Scope, wanted.Scope),
        Role = Changed(was.Role, wanted.Role),
        Nature = Changed(was.Nature, wanted.Nature),
        Limit = was.OwnLimit == wanted.OwnLimit ? null : wanted.OwnLimit ?? 0,
        FirstContact = was.FirstContact == wanted.FirstContact ? null : wanted.FirstContact,
        Urgent = Changed(was.Urgent, wanted.Urgent),
        ClosingPhoto = Changed(was.ClosingPhoto, wanted.ClosingPhoto),
        ClosingSignOff = Changed(was.ClosingSignOff, wanted.ClosingSignOff),
        FollowUp = Changed(was.FollowUp, wanted.FollowUp),
        Department = Changed(was.Department, wanted.Department),
        Extra = Changed(was.Extra ?? "", wanted.Extra ?? ""),
        Stop = Changed(was.Stop ?? "", wanted.Stop ?? ""),
        Help = Changed(was.Help, wanted.Help),
    };

    public static CategoryFields Parse(string json) => JsonSerializer.Deserialize<CategoryFields>(json, Json)!;

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public ProblemKind Applied(ProblemKind to) => to with
    {
        Name = Name ?? to.Name,
        Scope = Scope ?? to.Scope,
        Role = Role ?? to.Role,
        Nature = Nature ?? to.Nature,
        OwnLimit = Limit switch { null => to.OwnLimit, 0 => null, var own => own },
        FirstContact = FirstContact ?? to.FirstContact,
        Urgent = Urgent ?? to.Urgent,
        ClosingPhoto = ClosingPhoto ?? to.ClosingPhoto,
        ClosingSignOff = ClosingSignOff ?? to.ClosingSignOff,
        FollowUp = FollowUp ?? to.FollowUp,
        Department = Department ?? to.Department,
        Extra = Kept(Extra, to.Extra),
        Stop = Kept(Stop, to.Stop),
        Help = Help ?? to.Help,
    };

    private static string? Changed(string was, string wanted) => was == wanted ? null : wanted;

    private static bool? Changed(bool was, bool wanted) => was == wanted ? null : wanted;

    /// <summary>An empty text takes away what the product says.</summary>
    private static string? Kept(string? changed, string? was) => changed is null ? was : changed.Length == 0 ? null : changed;
}
