using WuShe.Services.Common.Organisation;

namespace WuShe.Bot.Console;

/// <summary>Roles as people read them.</summary>
internal static class Roles
{
    public static string Chinese(Role role) => role switch
    {
        Role.Resident => "居民",
        Role.Grid => "网格员",
        Role.SocialWorker => "社工",
        Role.Lawyer => "律师",
        Role.StationLead => "站长",
        Role.Centre => "指导中心",
        Role.Admin => "管理员",
        Role.Partner => "第三方",
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };
}
