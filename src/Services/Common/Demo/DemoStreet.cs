using System.Globalization;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Common.Demo;

/// <summary>An invented street in Chongqing: two communities, five grids, two estates. Coordinates are WGS-84 degrees.</summary>
internal static class DemoStreet
{
    public static readonly Unit Centre = new() { Id = Id(1), Level = UnitLevel.Centre, Name = "云江区社会工作指导中心" };
    public static readonly Unit Station = new() { Id = Id(2), ParentId = Centre.Id, Level = UnitLevel.Station, Name = "石桥街道社工站" };
    public static readonly Unit LakeRoom = new() { Id = Id(3), ParentId = Station.Id, Level = UnitLevel.Room, Name = "翠湖社区社工室" };
    public static readonly Unit HillRoom = new() { Id = Id(4), ParentId = Station.Id, Level = UnitLevel.Room, Name = "梧桐社区社工室" };

    public static readonly DemoStaff[] Staff =
    [
        new(Id(11), "admin", "管理员", Role.Admin, Centre),
        new(Id(12), "li", "社工 李", Role.SocialWorker, LakeRoom),
        new(Id(13), "wang", "网格员 王", Role.Grid, LakeRoom),
        new(Id(14), "chen", "律师 陈", Role.Lawyer, Station),
        new(Id(15), "sun", "站长 孙", Role.StationLead, Station),
        new(Id(16), "zhao", "网格员 赵", Role.Grid, HillRoom),
    ];

    private static readonly Guid Wang = Id(13);
    private static readonly Guid Zhao = Id(16);

    // Five blocks of some 200 m side by side, two communities: the outlines share their borders and do not overlap.
    public static readonly Grid[] Grids =
    [
        GridOf(21, LakeRoom, "翠湖第一网格", Wang, 29.5000, 106.5000, 29.5022, 106.5026),
        GridOf(22, LakeRoom, "翠湖第二网格", null, 29.5000, 106.5026, 29.5022, 106.5050),
        GridOf(23, LakeRoom, "翠湖第三网格", Wang, 29.4980, 106.5000, 29.5000, 106.5050),
        GridOf(24, HillRoom, "梧桐第一网格", Zhao, 29.5000, 106.5050, 29.5022, 106.5080),
        GridOf(25, HillRoom, "梧桐第二网格", Zhao, 29.4980, 106.5050, 29.5000, 106.5080),
    ];

    public static IEnumerable<Building> Buildings()
    {
        var id = 100;
        for (var i = 0; i < 6; i++) yield return At(id++, 0, "翠湖苑", Numbered(i + 1), 29.5005 + (0.0006 * (i / 3)), 106.5005 + (0.0008 * (i % 3)));
        for (var i = 0; i < 4; i++) yield return At(id++, 1, "翠湖苑", Numbered(i + 7), 29.5005 + (0.0006 * (i / 2)), 106.5030 + (0.0008 * (i % 2)));
        for (var i = 0; i < 6; i++) yield return At(id++, 3, "梧桐雅居", Numbered(i + 11), 29.5005 + (0.0006 * (i / 3)), 106.5055 + (0.0008 * (i % 3)));
        // Both estates have a 10栋: that number alone asks back.
        yield return At(id++, 4, "梧桐雅居", Numbered(10), 29.4990, 106.5060);
        yield return At(id++, 2, "", "翠湖农贸市场", 29.4992, 106.5010, "农贸市场 菜市场 菜场");
        yield return At(id++, 2, "", "石桥小学", 29.4988, 106.5035, "小学");
        yield return At(id++, 4, "", "梧桐公园", 29.4986, 106.5072, "公园");
        yield return At(id++, 0, "翠湖苑", "南门", 29.5001, 106.5012);
        yield return At(id++, 0, "翠湖苑", "菜鸟驿站", 29.5003, 106.5020, "快递站 驿站");
        yield return At(id++, 3, "梧桐雅居", "菜鸟驿站", 29.5003, 106.5060, "快递站 驿站");
        // How people call the corners of the street.
        yield return At(id++, 0, "翠湖苑", "南门坝坝", 29.5002, 106.5013, "坝坝 小广场");
        yield return At(id++, 0, "翠湖苑", "大门", 29.5001, 106.5024, "院子大门 院子门");
        yield return At(id++, 3, "梧桐雅居", "大门", 29.5001, 106.5066, "院子大门 院子门");
        yield return At(id++, 1, "翠湖苑", "老茶馆", 29.5004, 106.5034, "茶馆 茶铺");
        yield return At(id++, 1, "翠湖苑", "健身角", 29.5015, 106.5040, "健身器材 锻炼的地方");
        yield return At(id++, 2, "", "翠湖社区卫生站", 29.4989, 106.5022, "卫生站 卫生所 诊所");
        yield return At(id++, 2, "", "石桥公交站", 29.4998, 106.5028, "公交站 车站 站台");
        yield return At(id++, 4, "", "石桥桥头", 29.4983, 106.5058, "桥头 桥边上");
        foreach (var number in new[] { 12, 18, 28, 30 })
            yield return At(id++, 2, "建设路", number.ToString(CultureInfo.InvariantCulture) + "号", 29.4996, 106.5005 + (0.0001 * number));
        yield return At(id, 4, "桥东街", "7号", 29.4988, 106.5065);
    }

    private static string Numbered(int number) => number.ToString(CultureInfo.InvariantCulture) + "栋";

    private static Building At(int id, int grid, string estate, string name, double latitude, double longitude, string aliases = "") => new()
    {
        Id = Id(id),
        GridId = Grids[grid].Id,
        Estate = estate,
        Name = name,
        Aliases = aliases,
        Latitude = latitude,
        Longitude = longitude,
    };

    private static Grid GridOf(int id, Unit room, string name, Guid? worker, double south, double west, double north, double east) => new()
    {
        Id = Id(id),
        RoomId = room.Id,
        Name = name,
        WorkerId = worker,
        Outline = string.Create(CultureInfo.InvariantCulture,
            $$"""{"type":"Polygon","coordinates":[[[{{west}},{{south}}],[{{east}},{{south}}],[{{east}},{{north}}],[{{west}},{{north}}],[{{west}},{{south}}]]]}"""),
    };

    /// <summary>Fixed ids, so that the same sample can be recognised in any database.</summary>
    private static Guid Id(int number) => new(number, 0x0de3, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0);
}

internal sealed record DemoStaff(Guid Id, string Login, string Name, Role Role, Unit Unit);
