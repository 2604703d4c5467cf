using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WuShe.Dialogs;
using WuShe.Dialogs.Questions;
using WuShe.Services.Common.Demo;
using WuShe.Services.Common.Organisation;

namespace WuShe.Integrations.Tests.Databases;

public sealed class PlaceTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private IPlaces _places = null!;
    private IOrganisation _organisation = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.Create(Engine.Sqlite);
        var instance = _database.Instance(demo: true);
        Assert.True(await instance.GetRequiredService<DemoData>().Load(CancellationToken.None));
        Assert.False(await instance.GetRequiredService<DemoData>().Load(CancellationToken.None));
        (_places, _organisation) = (instance.GetRequiredService<IPlaces>(), instance.GetRequiredService<IOrganisation>());
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Theory]
    [InlineData("3栋2单元楼道灯坏了三天了", "翠湖苑3栋2单元", "3栋2单元")]
    [InlineData("三栋二单元的灯不亮", "翠湖苑3栋二单元", "三栋二单元")]
    [InlineData("我住3幢，水管漏水", "翠湖苑3栋", "3幢")]
    [InlineData("３号楼门口有垃圾", "翠湖苑3栋门口", "３号楼门口")]
    [InlineData("3-2-501漏水", "翠湖苑3栋2单元501室", "3-2-501")]
    [InlineData("翠湖苑小区的3栋5楼灯坏", "翠湖苑3栋5楼", "翠湖苑小区的3栋5楼")]
    [InlineData("你好，梧桐雅居 十二栋 电梯坏了", "梧桐雅居12栋", "梧桐雅居 十二栋")]
    [InlineData("15栋旁边井盖没了", "梧桐雅居15栋旁边", "15栋旁边")]
    [InlineData("农贸市场后面很臭", "翠湖农贸市场后面", "农贸市场后面")]
    [InlineData("翠湖苑菜鸟驿站的路灯", "翠湖苑菜鸟驿站", "翠湖苑菜鸟驿站")]
    [InlineData("翠湖苑10栋", "翠湖苑10栋", "翠湖苑10栋")]
    [InlineData("梧桐社区10栋的路灯", "梧桐雅居10栋", "梧桐社区10栋")]
    [InlineData("3栋楼道灯坏了", "翠湖苑3栋", "3栋")]
    [InlineData("3栋楼下有垃圾", "翠湖苑3栋楼下", "3栋楼下")]
    [InlineData("叁栋贰单元停水", "翠湖苑3栋二单元", "叁栋贰单元")]
    [InlineData("我是三栋五楼的", "翠湖苑3栋五楼", "三栋五楼")]
    [InlineData("三栋二单元501门口堆满了", "翠湖苑3栋二单元501门口", "三栋二单元501门口")]
    [InlineData("3号楼B座电梯坏", "翠湖苑3栋B座", "3号楼B座")]
    [InlineData("南门坝坝跳舞好吵", "翠湖苑南门坝坝", "南门坝坝")]
    [InlineData("坝坝旁边的灯黢黑", "翠湖苑南门坝坝旁边", "坝坝旁边")]
    [InlineData("建设路28号门口井盖没了", "建设路28号门口", "建设路28号门口")]
    [InlineData("建设路二十八号漏水", "建设路28号", "建设路二十八号")]
    [InlineData("建设路28号2单元", "建设路28号2单元", "建设路28号2单元")]
    [InlineData("建设路积水", "建设路", "建设路")]
    [InlineData("老茶馆对面那棵树要倒", "翠湖苑老茶馆对面", "老茶馆对面")]
    [InlineData("车站那里好脏", "石桥公交站", "车站")]
    [InlineData("翠湖苑大门口的灯", "翠湖苑大门口", "翠湖苑大门口")]
    public async Task Found_in_a_sentence(string sentence, string words, string named)
    {
        var match = await _places.FindIn(sentence, CancellationToken.None);
        Assert.Equal((PlaceMatchKind.Found, words, named), (match.Kind, match.Spot.Words, match.Named));
        Assert.NotNull(match.Spot.GridId);
        Assert.Contains(match.Named, sentence);
    }

    [Theory]
    [InlineData("菜鸟驿站门口的灯", "翠湖苑菜鸟驿站门口", "梧桐雅居菜鸟驿站门口")]
    [InlineData("我们院子大门口的灯", "翠湖苑大门口", "梧桐雅居大门口")]
    [InlineData("10栋2单元", "翠湖苑10栋2单元", "梧桐雅居10栋2单元")]
    [InlineData("翠湖苑有人乱停车", "翠湖苑（翠湖第一网格）", "翠湖苑（翠湖第二网格）")]
    public async Task Ambiguous_names_every_candidate(string sentence, params string[] candidates)
    {
        var match = await _places.FindIn(sentence, CancellationToken.None);
        Assert.Equal(PlaceMatchKind.Ambiguous, match.Kind);
        Assert.Equal(candidates, match.Candidates.Select(c => c.Words));
    }

    [Theory]
    [InlineData("楼道灯坏了三天了")]
    [InlineData("2单元门口")]
    [InlineData("99栋")]
    [InlineData("28号下午来过")]
    [InlineData("中山路28号")]
    [InlineData("梧桐雅居3栋")]
    [InlineData("我在3楼")]
    [InlineData("2026-11-23 晚上")]
    [InlineData("电话 023-6789-1234")]
    [InlineData("13栋楼" + "里的13-2-99999")]
    [InlineData("")]
    public async Task Nothing_named(string sentence)
    {
        var match = await _places.FindIn(sentence, CancellationToken.None);
        if (sentence.StartsWith("13栋", StringComparison.Ordinal)) Assert.Equal("梧桐雅居13栋", match.Spot.Words);
        else Assert.Equal((PlaceMatchKind.Unknown, "", null), (match.Kind, match.Named, match.Spot.GridId));
    }

    [Fact]
    public async Task A_position_in_either_datum_finds_the_grid_and_the_nearest_building()
    {
        var here = new GeoPoint(29.5005, 106.5005, Datum.Wgs84);
        foreach (var sent in new[] { here, here.ToGcj02() })
        {
            var match = await _places.Find(new PlaceAnswer("", sent), CancellationToken.None);
            Assert.Equal((PlaceMatchKind.Found, "翠湖苑1栋附近"), (match.Kind, match.Spot.Words));
            Assert.Equal(29.5005, match.Spot.Latitude!.Value, 7);
            Assert.Equal("网格员 王", (await _organisation.ResponsibleFor(match.Spot.GridId, CancellationToken.None)).StaffName);
        }
    }

    [Fact]
    public async Task A_position_outside_every_grid_is_kept()
    {
        var match = await _places.Find(new PlaceAnswer("", new GeoPoint(29.6, 106.6, Datum.Wgs84)), CancellationToken.None);
        Assert.Equal((PlaceMatchKind.Unknown, (Guid?)null, 29.6, 106.6), (match.Kind, match.Spot.GridId, match.Spot.Latitude, match.Spot.Longitude));
    }

    [Fact]
    public async Task A_position_decides_between_candidates()
    {
        var match = await _places.Find(new PlaceAnswer("菜鸟驿站", new GeoPoint(29.5004, 106.5061, Datum.Wgs84)), CancellationToken.None);
        Assert.Equal((PlaceMatchKind.Found, "梧桐雅居菜鸟驿站"), (match.Kind, match.Spot.Words));
    }

    [Fact]
    public async Task Who_is_responsible()
    {
        async Task<Responsible> Of(string words) =>
            await _organisation.ResponsibleFor((await _places.FindIn(words, CancellationToken.None)).Spot.GridId, CancellationToken.None);
        Assert.Equal(("翠湖社区社工室", "网格员 王"), ((await Of("3栋")).UnitName, (await Of("3栋")).StaffName));
        Assert.Equal(("翠湖社区社工室", null), ((await Of("8栋")).UnitName, (await Of("8栋")).StaffName));
        Assert.Equal("网格员 赵", (await Of("12栋")).StaffName);
        Assert.Equal("云江区社会工作指导中心", (await Of("不知道")).UnitName);
    }

    [Fact]
    public async Task Units_stand_above_each_other_and_changes_are_seen_after_a_reload()
    {
        await using var db = _database.Context();
        var units = await db.Set<Unit>().ToListAsync();
        var (centre, room) = (units.Single(u => u.Level == UnitLevel.Centre), units.First(u => u.Level == UnitLevel.Room));
        Assert.True(await _organisation.IsWithin(room.Id, centre.Id, CancellationToken.None));
        Assert.False(await _organisation.IsWithin(centre.Id, room.Id, CancellationToken.None));
        Assert.Equal(4, (await _organisation.Below(centre.Id, CancellationToken.None)).Count);

        db.Add(new Unit { Id = Guid.CreateVersion7(), ParentId = centre.Id, Level = UnitLevel.Station, Name = "新站" });
        await db.SaveChangesAsync();
        Assert.Equal(4, (await _organisation.Below(centre.Id, CancellationToken.None)).Count);
        _database.Time.Advance(OrganisationMap.Freshness * 2);
        for (var i = 0; i < 200 && (await _organisation.Below(centre.Id, CancellationToken.None)).Count == 4; i++) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        Assert.Equal(5, (await _organisation.Below(centre.Id, CancellationToken.None)).Count);
    }
}
