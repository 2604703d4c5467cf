namespace WuShe.Services.ProblemReports.Console;

/// <summary>A category as it is being filled in.</summary>
public sealed class CategoryDraft(EditableKind edited)
{
    public EditableKind Edited => edited;
    public string Name { get; set; } = edited.Kind.Name;
    public string Scope { get; set; } = edited.Kind.Scope;
    public string Role { get; set; } = edited.Kind.Role;
    public string Nature { get; set; } = edited.Kind.Nature;

    /// <summary>Working days; null takes those of the nature.</summary>
    public int? Limit { get; set; } = edited.Kind.OwnLimit;
    public int FirstContact { get; set; } = edited.Kind.FirstContact;
    public bool Urgent { get; set; } = edited.Kind.Urgent;
    public bool ClosingPhoto { get; set; } = edited.Kind.ClosingPhoto;
    public bool ClosingSignOff { get; set; } = edited.Kind.ClosingSignOff;
    public bool FollowUp { get; set; } = edited.Kind.FollowUp;
    public string Department { get; set; } = edited.Kind.Department;
    public string Extra { get; set; } = edited.Kind.Extra ?? "";
    public string Stop { get; set; } = edited.Kind.Stop ?? "";
    public string Help { get; set; } = edited.Kind.Help;

    public ProblemKind Kind() => edited.Kind with
    {
        Name = Name,
        Scope = Scope,
        Role = Role,
        Nature = Nature,
        OwnLimit = Limit,
        FirstContact = FirstContact,
        Urgent = Urgent,
        ClosingPhoto = ClosingPhoto,
        ClosingSignOff = ClosingSignOff,
        FollowUp = FollowUp,
        Department = Department,
        Extra = Extra,
        Stop = Stop,
        Help = Help,
    };
}
