using WuShe.Services.Common.Organisation;
using WuShe.Services.Organisation;
using WuShe.Services.Tests.Cases;

namespace WuShe.Services.Tests.Organisation;

public sealed class ImportTests
{
    private const string Units = "编号,名称,级别,上级|C,西区中心,中心,|S,西街社工站,社工站,C|R,红岩社区,社工室,S|,红岩物业,第三方,红岩社区|";
    private const string People = "登录名,称呼,角色,单位,值班时间|zhou,网格员 周,网格员,R,8:30-12:00 14:00-18:00|he,物业 何,第三方,红岩物业,|";
    private static readonly string Grids = $"编号,名称,社区,所在网格,网格员,轮廓|G2,红岩微网格,R,G1,,{Sheets.Cell(Sheets.Square(106.501, 29.501, 0.001))}|G1,红岩网格,R,,zhou,{Sheets.Cell(Sheets.Square(106.50, 29.50, 0.01))}|";

    public static TheoryData<bool> Servers => [false, true];

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task A_sheet_is_tried_then_imported_and_the_second_time_changes_nothing(bool server)
    {
        Skip.If(server && CaseWorld.Postgres is null, "WUSHE_TEST_POSTGRES names no PostgreSQL server.");
        await using var world = await CaseWorld.Begin(server ? CaseWorld.Postgres : null);
        var (before, sheet) = (await world.All(), Sheets.Of(Units, People, Grids));
        var tried = await world.Try(sheet);
        Assert.Equal((8, 0, 0, 0), (tried.Added, tried.Changed, tried.Removed, tried.Wrong));
        Assert.Equal("社工室“红岩社区”，属于“西街社工站”", tried.Lines.Single(line => line.Where == "单位第 4 行").Words);
        Assert.Equal(before, await world.All());

        var done = await world.Import(sheet);
        Assert.Null(done.Refusal);
        var (room, micro, zhou) = (await world.One<Unit>(unit => unit.Code == "R"), await world.One<Grid>(grid => grid.Code == "G2"), await world.One<StaffUser>(staff => staff.UserName == "zhou"));
        Assert.Equal((await world.One<Grid>(grid => grid.Code == "G1")).Id, micro.ParentId);
        Assert.Equal((room.Id, "08:30-12:00 14:00-18:00", Role.Grid), (zhou.UnitId, zhou.DutyHours, zhou.Role));
        Assert.Equal((room.Id, zhou.Id), await world.Responsible(micro.Id));

        var after = await world.All();
        var again = await world.Try(sheet);
        Assert.Equal((0, 8, false), (again.Lines.Count, again.Unchanged, again.CanApply));
        await world.Get<OrganisationImport>().Apply(sheet, again.Fingerprint, world.Admin, default);
        Assert.Equal(after, await world.All());
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task What_changed_is_listed_and_done(bool server)
    {
        Skip.If(server && CaseWorld.Postgres is null, "WUSHE_TEST_POSTGRES names no PostgreSQL server.");
        await using var world = await CaseWorld.Begin(server ? CaseWorld.Postgres : null);
        await world.Import(Sheets.Of(Units, People, Grids));
        var changes = Sheets.Of(
            "编号,名称,级别,上级,撤销|R,红岩社区社工室,社工室,东街社工站,|,红岩物业,第三方,R,是|",
            "登录名,称呼,角色,单位,离开|zhou,网格员 周,网格员,锦绣社区,|he,,,,是|",
            "编号,名称,社区|G1,红岩第一网格,R|");
        var tried = await world.Try(changes);
        Assert.Equal(
            ["“红岩社区”：改名为“红岩社区社工室”；移到“东街社工站”", "第三方“红岩物业”", "网格员 周：移到“锦绣社区”，移交：1 个网格（红岩网格） → 社区值班", "物业 何离开，账号停用", "“红岩网格”：改名为“红岩第一网格”"],
            tried.Lines.Select(line => line.Words));

        Assert.Null((await world.Import(changes)).Refusal);
        Assert.Equal(world.Station.Id, (await world.One<Unit>(unit => unit.Code == "R")).ParentId);
        Assert.NotNull((await world.One<Unit>(unit => unit.Name == "红岩物业")).ClosedAt);
        Assert.NotNull((await world.One<StaffUser>(staff => staff.UserName == "he")).LeftAt);
        Assert.Equal(world.Brocade.Id, (await world.One<StaffUser>(staff => staff.UserName == "zhou")).UnitId);
        var grid = await world.One<Grid>(one => one.Code == "G1");
        Assert.Equal(("红岩第一网格", null), (grid.Name, grid.WorkerId));
        Assert.NotNull(grid.Outline);
        Assert.False((await world.Try(changes)).CanApply);
    }

    [Fact]
    public async Task When_somebody_changed_the_organisation_meanwhile_nothing_is_done_and_the_new_list_shown()
    {
        await using var world = await CaseWorld.Begin();
        var sheet = Sheets.Of("编号,名称,级别,上级|L,翠湖社区,社工室,东街社工站|");
        var tried = await world.Try(sheet);
        await world.Change<Unit>(world.Lake.Id, unit => unit.Code = "OLD");
        var before = await world.All();

        var applied = await world.Get<OrganisationImport>().Apply(sheet, tried.Fingerprint, world.Admin, default);
        Assert.NotNull(applied.Refusal);
        Assert.NotEqual(tried.Fingerprint, applied.Fingerprint);
        Assert.Equal(before, await world.All());
    }

    [Fact]
    public async Task A_lead_imports_into_the_own_station_only()
    {
        await using var world = await CaseWorld.Begin();
        Assert.Equal("单位第 2 行", Assert.Single((await world.Try(Sheets.Of("编号,名称,级别,上级|X,新站,社工站,指导中心|"), world.Sun)).Lines).Where);
        Assert.Null((await world.Import(Sheets.Of("编号,名称,级别,上级|X,红岩社区,社工室,东街社工站|", "登录名,称呼,角色,单位|z,社工 周,社工,X|"), world.Sun)).Refusal);
        var before = await world.All();
        foreach (var people in new[] { "z2,中心 周,中心人员,X", "z2,社工 周,社工,指导中心", "管理员,改名,网格员,X" })
            Assert.Equal(1, (await world.Import(Sheets.Of($"登录名,称呼,角色,单位|{people}|"), world.Sun)).Wrong);
        Assert.NotNull((await world.Try(Sheets.Of(Units), world.Li)).Refusal);
        Assert.Equal(before, await world.All());
    }

    [Fact]
    public async Task What_a_sheet_does_not_say_stays_as_it_is()
    {
        await using var world = await CaseWorld.Begin();
        await world.Import(Sheets.Of(Units, People, Grids));
        await world.Import(Sheets.Of("登录名,称呼,角色,单位|zhou,网格员 周敏,网格员,R|", "名称,社区,网格员|红岩网格,R,|"));

        var (zhou, grid) = (await world.One<StaffUser>(staff => staff.UserName == "zhou"), await world.One<Grid>(one => one.Code == "G1"));
        Assert.Equal(("网格员 周敏", "08:30-12:00 14:00-18:00"), (zhou.DisplayName, zhou.DutyHours));
        // A column that is there and empty says that there is nobody.
        Assert.Null(grid.WorkerId);
        Assert.NotNull(grid.Outline);
    }

    [Fact]
    public async Task The_template_can_be_imported_as_it_is()
    {
        await using var world = await CaseWorld.Begin();
        var done = await world.Import(SheetReader.Read(SheetTemplate.Xlsx()));
        Assert.Equal((8, 0, null), (done.Added, done.Wrong, done.Refusal));
        Assert.Equal("500100001001", (await world.One<Unit>(unit => unit.Name == "翠湖社区社工室")).Code);
    }
}
