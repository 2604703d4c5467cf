using Microsoft.AspNetCore.Identity;

namespace WuShe.Services.Common.Organisation;

/// <summary>What a person may do; the unit a person works in says where.</summary>
public enum Role
{
    Resident = 0,
    Grid = 1,
    SocialWorker = 2,
    Lawyer = 3,
    StationLead = 4,
    Centre = 5,
    Admin = 6,

    /// <summary>Somebody of a third party (物业、供水、供电、燃气): the cases of the own unit.</summary>
    Partner = 7,
}

/// <summary>A member of staff, with the sign-in account.</summary>
public sealed class StaffUser : IdentityUser<Guid>
{
    /// <summary>As residents and colleagues read it: 网格员 王.</summary>
    public required string DisplayName { get; set; }
    public Role Role { get; set; }
    public Guid UnitId { get; set; }

    /// <summary>Own hours of duty as <see cref="PersonalHours"/> writes them; null: those of the unit.</summary>
    public string? DutyHours { get; set; }

    /// <summary>UTC; since then the person is no longer with us: the account is closed and nothing is theirs.</summary>
    public DateTimeOffset? LeftAt { get; set; }
}

/// <summary>Who is acting, as every staff use case asks first.</summary>
public sealed record StaffActor(Guid Id, string Name, Role Role, Guid UnitId);
