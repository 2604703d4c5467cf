using System.Text;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Organisation;
using WuShe.Services.Tests.Cases;

namespace WuShe.Services.Tests.Organisation;

/// <summary>What is wrong in a sheet is said with its row, and nothing is changed.</summary>
public sealed class WrongImportTests
{
    private const string UnitTitles = "编号,名称,级别,上级,撤销|";
    private const string PeopleTitles = "登录名,称呼,角色,单位,值班时间,离开|";
    private const string GridTitles = "编号,名称,社区,所在网格,网格员,轮廓,撤销|";

    [Theory]
    [InlineData("A,甲站,社工站,B|B,乙站,社工站,A|", "单位第 2 行 上级绕成了圈：甲站 → 乙站 → 甲站", "单位第 3 行 上级绕成了圈：乙站 → 甲站 → 乙站")]
    [InlineData("A,甲站,社工站,A|", "单位第 2 行 上级绕成了圈：甲站 → 甲站")]
    [InlineData("A,甲社区,社工室,没有|", "单位第 2 行 没有编号或者名称是“没有”的单位")]
    [InlineData("A,甲社区,社工室,指导中心|", "单位第 2 行 社工室的上级只能是社工站")]
    [InlineData("A,甲社区,社工室,|", "单位第 2 行 社工室的上级只能是社工站")]
    [InlineData("A,甲物业,第三方,指导中心|", "单位第 2 行 第三方的上级只能是社工站或者社工室")]
    [InlineData("A,甲社区,村,东街社工站|", "单位第 2 行 级别“村”不认识，请写：中心、社工站、社工室、第三方")]
    [InlineData("A,,社工室,东街社工站|", "单位第 2 行 名称要写，最多 60 个字")]
    [InlineData("A,甲社区,社工室,东街社工站|A,乙社区,社工室,东街社工站|", "单位第 3 行 和第 2 行是同一个单位")]
    [InlineData(",甲社区,社工室,东街社工站|,甲社区,社工室,东街社工站|", "单位第 3 行 和第 2 行是同一个单位")]
    [InlineData(",翠湖社区,社工室,东街社工站,是|", "单位第 2 行 “翠湖社区”里还有 3 个网格、 4 个人，请先移走")]
    public async Task Units(string rows, params string[] wrong) => await Refused(wrong, UnitTitles + rows);

    [Theory]
    [InlineData("zhou,网格员 周,网格员,翠湖社区|Zhou,社工 周,社工,翠湖社区|", "人员第 3 行 登录名“Zhou”和第 2 行一样，一个登录名只能给一个人")]
    [InlineData("zhou,网格员 周,队长,翠湖社区|", "人员第 2 行 角色“队长”不认识，请写：网格员、社工、律师、站长、中心人员、管理员、第三方")]
    [InlineData("zhou,网格员 周,网格员,没有|", "人员第 2 行 没有编号或者名称是“没有”的单位")]
    [InlineData("zhou,网格员 周,网格员,|", "人员第 2 行 单位要写")]
    [InlineData("zhou,网格员 周,网格员,翠湖社区,早上|", "人员第 2 行 值班时间“早上”看不懂，请写成 8:30-12:00 14:00-18:00")]
    [InlineData("周,网格员 周,网格员,翠湖社区|", "人员第 2 行 登录名只能用英文字母、数字和 - . _ @，最多 64 个")]
    [InlineData("zhou,物业 周,第三方,翠湖社区|", "人员第 2 行 角色“第三方”只能放在第三方单位里")]
    public async Task People(string rows, params string[] wrong) => await Refused(wrong, PeopleTitles + rows);

    [Fact]
    public async Task A_login_of_somebody_who_left_is_not_given_away()
    {
        await using var world = await CaseWorld.Begin();
        await world.Save(Sheets.Staff("old", "网格员 老", Role.Grid, world.Lake.Id));
        await world.Change<StaffUser>(staff => staff.UserName == "old", staff => staff.LeftAt = world.Time.GetUtcNow());
        var line = Assert.Single((await world.Try(Sheets.Of(PeopleTitles + "OLD,网格员 新,网格员,翠湖社区|"))).Lines);
        Assert.Equal("登录名“old”是已经离开的网格员 老的，请换一个", line.Words);
    }

    [Fact]
    public async Task Outlines_that_cross_themselves_overlap_or_are_none()
    {
        var right = Sheets.Square(106.50, 29.50, 0.01);
        await Refused(["网格第 2 行 轮廓自己交叉（经度 106.505、纬度 29.505 附近）"], Grid("A,甲", Sheets.Ring((106.50, 29.50), (106.51, 29.51), (106.51, 29.50), (106.50, 29.51))));
        await Refused(["网格第 3 行 轮廓和“甲（网格第 2 行）”重叠"], Grid("A,甲", right) + Row("B,乙", Sheets.Square(106.509, 29.50, 0.01)));
        await Refused(["网格第 2 行 轮廓不是 GeoJSON"], Grid("A,甲", "东边一块"));
        await Refused(["网格第 2 行 轮廓要是 GeoJSON 的 Polygon 或 MultiPolygon"], Grid("A,甲", """{"type":"Point","coordinates":[106.5,29.5]}"""));
        await Refused(["网格第 2 行 轮廓的坐标不对，请用 WGS-84，先经度后纬度"], Grid("A,甲", Sheets.Square(29.50, 106.50, 0.01)));
        await Refused(["网格第 3 行 微网格的轮廓超出了它所在的网格“甲（网格第 2 行）”"], Grid("A,甲", right) + $"B,乙,翠湖社区,A,,{Sheets.Cell(Sheets.Square(106.509, 29.501, 0.002))}|");
        await Refused(["网格第 4 行 轮廓和“乙（网格第 3 行）”重叠"],
            Grid("A,甲", right) + $"B,乙,翠湖社区,A,,{Sheets.Cell(Sheets.Square(106.501, 29.501, 0.002))}|C,丙,翠湖社区,A,,{Sheets.Cell(Sheets.Square(106.502, 29.502, 0.002))}|");
    }

    [Fact]
    public async Task An_outline_may_share_a_border_however_it_was_drawn()
    {
        await using var world = await CaseWorld.Begin();
        // The second begins 0.1 m before the first ends, as two people draw one street.
        var tried = await world.Try(Sheets.Of(GridTitles + Row("A,甲", Sheets.Square(106.50, 29.50, 0.01)) + Row("B,乙", Sheets.Square(106.509999, 29.50, 0.01))));
        Assert.Equal((2, 0), (tried.Added, tried.Wrong));
    }

    [Fact]
    public async Task An_outline_is_held_against_the_grids_there_are()
    {
        await using var world = await CaseWorld.Begin();
        await world.Change<Grid>(world.East.Id, grid => grid.Outline = Sheets.Square(106.50, 29.50, 0.01));
        Assert.Equal("轮廓和“翠湖东”重叠", Assert.Single((await world.Try(Sheets.Of(Grid("A,甲", Sheets.Square(106.505, 29.505, 0.01))))).Lines).Words);
    }

    [Theory]
    [InlineData("A,甲,没有,,,|", "网格第 2 行 没有编号或者名称是“没有”的单位")]
    [InlineData("A,甲,东街社工站,,,|", "网格第 2 行 “东街社工站”是社工站，网格只能建在社工室下面")]
    [InlineData("A,甲,翠湖社区,没有,,|", "网格第 2 行 没有编号或者名称是“没有”的网格")]
    [InlineData("A,甲,翠湖社区,,nobody,|", "网格第 2 行 没有登录名是“nobody”的人")]
    [InlineData("A,甲,翠湖社区,,社工 周,|", "网格第 2 行 社工 周不在这个社区")]
    [InlineData("A,甲,翠湖社区,,律师 陈,|", "网格第 2 行 律师 陈是律师，不能当网格员")]
    [InlineData("A,甲,翠湖社区,,,|A,乙,翠湖社区,,,|", "网格第 3 行 和第 2 行是同一个网格")]
    [InlineData("A,甲,翠湖社区,翠湖东,,|B,乙,翠湖社区,A,,|", "网格第 3 行 “甲”自己就是微网格，里面不能再分")]
    public async Task Grids(string rows, params string[] wrong) => await Refused(wrong, GridTitles + rows);

    [Theory]
    [InlineData("", "文件是空的。")]
    [InlineData("姓名,电话|王,1|", "第一行认不出来：请用模板里的列名，单位、人员、网格各一个文件。")]
    [InlineData("名称,级别,上级,备注|A,B,C,D|", "工作表“单位”里不认识列“备注”。")]
    [InlineData("名称,级别,上级,名称|A,B,C,D|", "工作表“单位”里有两列都叫“名称”。")]
    public void A_file_that_is_no_sheet_says_so(string text, string refusal) =>
        Assert.Equal(refusal, SheetReader.Read(Encoding.UTF8.GetBytes(text.Replace('|', '\n'))).Refusal);

    [Fact]
    public void A_broken_workbook_and_one_without_our_sheets_say_so()
    {
        Assert.Equal("文件读不出来，请用模板另存为 xlsx 或 csv 再试。", SheetReader.Read([(byte)'P', (byte)'K', 3, 4, 5, 6, 7, 8]).Refusal);
        Assert.Equal("文件读不出来，请用模板另存为 xlsx 或 csv 再试。", SheetReader.Read(SheetTemplate.Xlsx()[..500]).Refusal);
    }

    [Fact]
    public void Csv_as_Excel_saves_it_in_China_is_read()
    {
        var gb = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
        var sheet = SheetReader.Read(gb.GetBytes("名称,级别,上级\r\n翠湖社区,社工室,东街社工站\r\n"));
        Assert.Equal((null, "翠湖社区"), (sheet.Refusal, Assert.Single(sheet.Rows)["名称"]));
    }

    private static string Grid(string names, string outline) => GridTitles + Row(names, outline);

    private static string Row(string names, string outline) => $"{names},翠湖社区,,,{Sheets.Cell(outline)}|";

    /// <summary>Each line is said, a right row beside them is not imported either, and nothing is changed.</summary>
    private static async Task Refused(string[] wrong, string text)
    {
        await using var world = await CaseWorld.Begin();
        var before = await world.All();
        var sheet = Sheets.Of(text, UnitTitles + "Q,对的社区,社工室,东街社工站|");
        var tried = await world.Try(sheet);
        Assert.Equal(wrong, tried.Lines.Where(line => line.Change == ImportChange.Wrong).Select(line => $"{line.Where} {line.Words}"));
        Assert.False(tried.CanApply);
        await world.Get<OrganisationImport>().Apply(sheet, tried.Fingerprint, world.Admin, default);
        Assert.Equal(before, await world.All());
    }
}
