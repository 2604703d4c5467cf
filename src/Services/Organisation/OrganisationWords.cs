using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Organisation;

/// <summary>Levels and roles as people write and read them, and which level stands under which.</summary>
internal static class OrganisationWords
{
    private static readonly (string Word, UnitLevel Level)[] LevelWords =
    [
        ("中心", UnitLevel.Centre), ("区县中心", UnitLevel.Centre), ("社工站", UnitLevel.Station), ("镇街社工站", UnitLevel.Station),
        ("社工室", UnitLevel.Room), ("社区", UnitLevel.Room), ("社区社工室", UnitLevel.Room), ("第三方", UnitLevel.Partner),
    ];

    private static readonly (string Word, Role Role)[] RoleWords =
    [
        ("网格员", Role.Grid), ("社工", Role.SocialWorker), ("律师", Role.Lawyer), ("站长", Role.StationLead), ("中心人员", Role.Centre),
        ("指导中心", Role.Centre), ("管理员", Role.Admin), ("第三方", Role.Partner),
    ];

    public static readonly IReadOnlyList<UnitLevel> Levels = [UnitLevel.Centre, UnitLevel.Station, UnitLevel.Room, UnitLevel.Partner];
    public static readonly IReadOnlyList<Role> Roles = [Role.Grid, Role.SocialWorker, Role.Lawyer, Role.StationLead, Role.Centre, Role.Admin, Role.Partner];

    public static string Chinese(this UnitLevel level) => Array.Find(LevelWords, one => one.Level == level).Word ?? "";

    public static string Chinese(this Role role) => Array.Find(RoleWords, one => one.Role == role).Word ?? "";

    public static UnitLevel? LevelOf(string word) => Array.FindIndex(LevelWords, one => one.Word == word) is >= 0 and var at ? LevelWords[at].Level : null;

    public static Role? RoleOf(string word) => Array.FindIndex(RoleWords, one => one.Word == word) is >= 0 and var at ? RoleWords[at].Role : null;

    /// <summary>Why a unit of that level cannot stand there, or null when it can.</summary>
    public static string? WrongLevel(UnitLevel level, UnitLevel? above) => (level, above) switch
    {
        (UnitLevel.Centre, null) or (UnitLevel.Station, null or UnitLevel.Centre) or (UnitLevel.Room, UnitLevel.Station)
            or (UnitLevel.Partner, UnitLevel.Station or UnitLevel.Room) => null,
        (UnitLevel.Centre, _) => "中心上面不能再有单位",
        (UnitLevel.Station, _) => "社工站的上级只能是中心",
        (UnitLevel.Room, _) => "社工室的上级只能是社工站",
        _ => "第三方的上级只能是社工站或者社工室",
    };

    /// <summary>Why somebody with that role cannot be in a unit of that level, or null.</summary>
    public static string? WrongRole(Role role, UnitLevel level) => (role == Role.Partner, level == UnitLevel.Partner) switch
    {
        (true, false) => "角色“第三方”只能放在第三方单位里",
        (false, true) => "第三方单位里的人，角色要写“第三方”",
        _ => null,
    };
}
