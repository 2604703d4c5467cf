using Microsoft.EntityFrameworkCore;
using WuShe.Services.Cases;
using WuShe.Services.Common.Data;

namespace WuShe.Services.Tests.Cases;

public sealed class CaseVerificationTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public Task A_changed_row_is_found_in_sqlite() => Found(null);

    [SkippableFact]
    public async Task A_changed_row_is_found_in_postgres()
    {
        Skip.If(CaseWorld.Postgres is null, "WUSHE_TEST_POSTGRES is not set.");
        await Found(CaseWorld.Postgres);
    }

    private static async Task Found(string? postgres)
    {
        await using var world = await CaseWorld.Begin(postgres);
        var numbers = new List<string>();
        for (var i = 0; i < 4; i++) numbers.Add((await world.Open(world.East.Id)).Number);
        foreach (var number in numbers)
        {
            world.Time.Advance(TimeSpan.FromTicks(1_234_567));
            await world.Work.Claim(number, world.Wang, None);
            await world.Work.Note(number, world.Wang, "在修", [new Dialogs.AttachmentRef("p1"), new Dialogs.AttachmentRef("p2")], None);
        }

        Assert.Empty(await Flaws(world));
        await using var db = world.CreateDbContext();
        var ids = await db.Set<Case>().ToDictionaryAsync(c => c.Number, c => c.Id);
        await Rows(db, ids[numbers[0]], 3).ExecuteUpdateAsync(set => set.SetProperty(e => e.Note, "早就接了"));
        await Rows(db, ids[numbers[1]], 4).ExecuteDeleteAsync();
        await db.Set<CasePicture>().Where(p => p.CaseId == ids[numbers[2]] && p.Seq == 4 && p.Position == 1).ExecuteDeleteAsync();
        Assert.Equal(
            [(numbers[0], 3, "内容被改过"), (numbers[1], 4, "最后的行不见了"), (numbers[2], 4, "内容被改过")],
            (await Flaws(world)).OrderBy(flaw => flaw.Number).Select(flaw => (flaw.Number, flaw.Seq, flaw.What)));
    }

    [Fact]
    public async Task Why_it_is_late_and_why_it_is_here_is_told_from_the_log()
    {
        await using var world = await CaseWorld.Begin();
        var number = (await world.Open(world.East.Id)).Number;
        Assert.StartsWith("没有超时", (await world.Work.Open(number, world.Li, None))!.WhyLate, StringComparison.Ordinal);
        world.Time.Advance(TimeSpan.FromDays(5));
        await world.Work.Claim(number, world.Wang, None);
        world.Time.Advance(TimeSpan.FromDays(2));
        var view = (await world.Work.Open(number, world.Li, None))!;
        Assert.Contains("等人接单用了 5 天，处理用了 2 天", view.WhyLate, StringComparison.Ordinal);
        Assert.Contains("网格员 王自己接的单", view.WhyHere, StringComparison.Ordinal);
        await world.Get<CaseLeading>().Assign(number, world.Sun, world.Lake.Id, world.Zhao.Id, "王师傅生病", None);
        Assert.Contains("站长 孙转派给网格员 赵：王师傅生病", (await world.Work.Open(number, world.Li, None))!.WhyHere, StringComparison.Ordinal);
    }

    private static IQueryable<CaseEvent> Rows(CommunityDb db, Guid id, int seq) => db.Set<CaseEvent>().Where(e => e.CaseId == id && e.Seq == seq);

    private static async Task<List<CaseFlaw>> Flaws(CaseWorld world)
    {
        List<CaseFlaw> flaws = [];
        Assert.Equal(4, await world.Get<CaseVerification>().Run(flaws.Add, None));
        return flaws;
    }
}
