using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Staff;

namespace WuShe.Services.Tests.Staff;

public sealed class StaffImportTests : IDisposable
{
    private static readonly string[] Lake = ["翠湖社区", "石桥街道"];
    private static readonly string[] Hill = ["梧桐社区", "石桥街道"];

    private readonly StaffDb _db = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));
    private readonly Unit _lake = new() { Id = Guid.NewGuid(), Level = UnitLevel.Room, Name = "翠湖社区" };
    private readonly Unit _hill = new() { Id = Guid.NewGuid(), Level = UnitLevel.Room, Name = "梧桐社区" };

    public StaffImportTests()
    {
        using var db = _db.CreateDbContext();
        db.AddRange(_lake, _hill);
        db.SaveChanges();
    }

    public void Dispose() => _db.Dispose();

    [Fact]
    public async Task A_dry_run_says_everything_and_changes_nothing()
    {
        _db.Add("li", "社工 李", Role.SocialWorker, _lake.Id);
        var report = await Run(apply: false, Member("li", "李红", Lake, "社工"), Member("qian", "钱进", Hill, "专职网格员"));
        Assert.Equal(["绑定 li（李红）：社工 李", "新增 qian：网格员 钱进，梧桐社区"], report.Lines);
        Assert.Equal((1, 1), (report.Added, report.Bound));
        Assert.Empty(Ids());
    }

    [Fact]
    public async Task Applied_it_adds_binds_moves_and_releases()
    {
        _db.Add("li", "社工 李", Role.SocialWorker, _lake.Id);
        await Run(apply: true, Member("Li", "李红", Lake, "社工"), Member("qian", "钱进", Hill, "站长（社工）"));
        Assert.Equal(["li", "qian"], Ids());
        await using (var db = _db.CreateDbContext())
        {
            var qian = await db.Users.SingleAsync(u => u.NormalizedUserName == "QIAN");
            Assert.Equal(("站长 钱进", Role.StationLead, _hill.Id, null), (qian.DisplayName, qian.Role, qian.UnitId, qian.PasswordHash));
        }

        var grid = new Grid { Id = Guid.NewGuid(), RoomId = _lake.Id, Name = "翠湖一网格", WorkerId = await LiId() };
        await using (var db = _db.CreateDbContext())
        {
            db.Add(grid);
            await db.SaveChangesAsync();
        }

        var report = await Run(apply: true, Member("li", "李红", Hill, "社工"), Member("qian", "钱进", Hill, "站长") with { Active = false });
        Assert.Equal(["调整 li：社工 李，翠湖社区 → 梧桐社区", "解除 qian：已不在通讯录，站长 钱进的账号保留，请看是否停用"], report.Lines);
        Assert.Equal(["li"], Ids());
        Assert.Empty((await Run(apply: true, Member("li", "李红", Hill, "社工"))).Lines);
        await using (var db = _db.CreateDbContext())
        {
            // What was theirs in the old unit is handed on.
            Assert.Null((await db.Set<Grid>().SingleAsync(one => one.Id == grid.Id)).WorkerId);
            Assert.Equal(_hill.Id, (await db.Users.SingleAsync(u => u.NormalizedUserName == "LI")).UnitId);
        }
    }

    [Fact]
    public async Task Who_is_not_clear_is_skipped_with_the_reason()
    {
        _db.Add("admin", "管理员", Role.Admin, _lake.Id);
        var closed = _db.Add("gone", "网格员 郭", Role.Grid, _lake.Id);
        _db.Change(closed, staff => staff.LockoutEnd = DateTimeOffset.MaxValue);
        await using (var db = _db.CreateDbContext())
        {
            db.Add(new Unit { Id = Guid.NewGuid(), Level = UnitLevel.Room, Name = "双胞胎社区" });
            db.Add(new Unit { Id = Guid.NewGuid(), Level = UnitLevel.Room, Name = "双胞胎社区" });
            await db.SaveChangesAsync();
        }

        var report = await Run(
            apply: true, Member("admin", "张三", Lake, "社工"), Member("b", "无职务", Lake, ""), Member("c", "厨师", Lake, "厨师"), Member("d", "外人", ["市场部", "总公司"], "社工"),
            Member("e", "两处", Lake, "社工") with { Departments = [Lake, Hill] }, Member("f", "双", ["双胞胎社区"], "社工"), Member("gone", "郭", Lake, "网格员"), Member("坏 名", "x", Lake, "社工"));
        Assert.Equal(8, report.Skipped);
        Assert.Equal(8, report.Lines.Count);
        Assert.All(report.Lines, line => Assert.StartsWith("跳过 ", line, StringComparison.Ordinal));
        Assert.Empty(Ids());
    }

    [Fact]
    public async Task A_name_alone_makes_nobody_somebody_else()
    {
        _db.Add("wang", "网格员 王伟", Role.Grid, _lake.Id);
        var report = await Run(apply: true, Member("w2", "王伟", Lake, "网格员"));
        Assert.Equal(1, report.Added);
        Assert.Null((await new StaffIdentities(_db, _time).Find(StaffIdentities.WeCom, "wang", default)));
    }

    [Fact]
    public async Task An_empty_directory_releases_nobody()
    {
        _db.Add("li", "社工 李", Role.SocialWorker, _lake.Id);
        await Run(apply: true, Member("li", "李红", Lake, "社工"));
        await Assert.ThrowsAsync<StaffDirectoryException>(() => Run(apply: true));
        Assert.Equal(["li"], Ids());
    }

    private static DirectoryMember Member(string id, string name, string[] department, string position) => new(id, name, [department], position, true);

    private async Task<StaffImportReport> Run(bool apply, params DirectoryMember[] members)
    {
        using var map = new OrganisationMap(_db, _time);
        return await new StaffImport(_db, map, [new GridsOfLeavers(_time)], _time).Run(new Directory(members), apply, default);
    }

    private async Task<Guid> LiId()
    {
        await using var db = _db.CreateDbContext();
        return (await db.Users.SingleAsync(u => u.NormalizedUserName == "LI")).Id;
    }

    private List<string> Ids()
    {
        using var db = _db.CreateDbContext();
        return [.. db.UserLogins.Select(l => l.ProviderKey).OrderBy(key => key)];
    }

    private sealed class Directory(DirectoryMember[] members) : IStaffDirectory
    {
        public string System => StaffIdentities.WeCom;

        public Task<IReadOnlyList<DirectoryMember>> Read(CancellationToken ct) => Task.FromResult<IReadOnlyList<DirectoryMember>>(members);
    }
}
