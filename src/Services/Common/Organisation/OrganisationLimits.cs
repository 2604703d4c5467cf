namespace WuShe.Services.Common.Organisation;

/// <summary>How long what the organisation's tables hold may be, in characters.</summary>
public static class OrganisationLimits
{
    public const int Name = 60;
    public const int Code = 40;
    public const int Login = 64;
}
