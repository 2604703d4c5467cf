namespace WuShe.Services.Common.Staff;

/// <summary>Names of the authorisation policies. Pages only hide what is not allowed: the use cases check for themselves.</summary>
public static class StaffPolicies
{
    /// <summary>Any signed-in member of staff whose account is open.</summary>
    public const string Staff = "staff";

    /// <summary>Role <see cref="Organisation.Role.Admin"/>, as <c>/jobs</c> asks for.</summary>
    public const string Admin = "staff-admin";
}
