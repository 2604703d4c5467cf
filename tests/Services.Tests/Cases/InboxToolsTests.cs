using Microsoft.EntityFrameworkCore;
using WuShe.Services.Cases;

namespace WuShe.Services.Tests.Cases;

public sealed class InboxToolsTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_step_for_many_is_tried_first_and_one_refusal_stops_no_other()
    {
        await using var world = await CaseWorld.Begin();
        var bulk = world.Get<CaseBulk>();
        var (waiting, claimed, closed) = ((await world.Open(world.East.Id)).Number, await Claimed(world), await Claimed(world));
        await world.Work.Close(closed, world.Wang, "好了", [], None);
        string[] all = [waiting, claimed, closed, "260302-9999"];
        var step = new BulkStep(BulkKind.Assign, "王师傅休假", world.Lake.Id, world.Zhao.Id);

        var tried = await bulk.Try(all, step, world.Sun, None);
        Assert.Equal([waiting, claimed], tried.Done);
        Assert.Equal([closed, "260302-9999"], tried.Refused.Select(one => one.Number));
        Assert.All(await Stored(world), subject => Assert.NotEqual(world.Zhao.Id, subject.OwnerId));
        Assert.Empty((await bulk.Try(all, step, world.Wang, None)).Done);

        var done = await bulk.Do(all, step, world.Sun, None);
        Assert.Equal([waiting, claimed], done.Done);
        Assert.Equal(2, done.Refused.Count);
        Assert.Equal(2, (await Stored(world)).Count(subject => subject.OwnerId == world.Zhao.Id && subject.State == CaseState.Dispatched));
    }

    [Fact]
    public async Task A_saved_list_is_its_owners_and_keeps_only_what_the_inbox_knows()
    {
        await using var world = await CaseWorld.Begin();
        var views = world.Get<SavedViews>();
        Assert.Contains("全部", await views.Save("全部", "?page=3", world.Li, None), StringComparison.Ordinal);
        Assert.NotNull(await views.Save(" ", "?shelf=open", world.Li, None));
        Assert.Null(await views.Save("三栋", "?shelf=open&q=3栋&page=2&evil=1", world.Li, None));
        Assert.Null(await views.Save("三栋", "?shelf=closed&q=3栋", world.Li, None));
        var view = Assert.Single(await views.Of(world.Li, None));
        Assert.Equal("shelf=closed&q=3%E6%A0%8B", view.Query);
        Assert.Empty(await views.Of(world.Wang, None));
        Assert.Equal(0, await views.Delete(view.Id, world.Wang, None));
        for (var i = 1; i < SavedViews.Most; i++) Assert.Null(await views.Save($"第{i}个", "?shelf=mine", world.Li, None));
        Assert.Contains("最多", await views.Save("再来", "?shelf=mine", world.Li, None), StringComparison.Ordinal);
        Assert.Equal(1, await views.Delete(view.Id, world.Li, None));
    }

    [Fact]
    public async Task Templates_are_used_below_the_unit_that_wrote_them_and_filled_by_the_case()
    {
        await using var world = await CaseWorld.Begin();
        var templates = world.Get<ReplyTemplates>();
        Assert.Contains("站长", await templates.Save(null, "约时间", "好的", world.Li, None), StringComparison.Ordinal);
        Assert.Contains("没有{电话}这个空", await templates.Save(null, "约时间", "请打{电话}", world.Sun, None), StringComparison.Ordinal);
        Assert.Null(await templates.Save(null, "约时间", "您反映的{事项}（{编号}），{经办人}最晚{期限}前上门。", world.Sun, None));
        var line = Assert.Single(await templates.For(world.Wang, None));
        Assert.False(line.Mine);
        Assert.Single(await templates.For(world.Stranger, None));

        var number = await Claimed(world);
        var view = (await world.Work.Open(number, world.Wang, None))!;
        Assert.Equal($"您反映的公共照明：路灯不亮（{number}），网格员 王最晚3月5日（周四）前上门。", ReplyTemplates.Fill(line.Words, view));
        Assert.Null(await templates.Delete(line.Id, world.Li, None));
        Assert.NotNull(await templates.Delete(line.Id, world.Sun, None));
        Assert.Empty(await templates.For(world.Wang, None));
    }

    private static async Task<string> Claimed(CaseWorld world)
    {
        var number = (await world.Open(world.East.Id)).Number;
        await world.Work.Claim(number, world.Wang, None);
        return number;
    }

    private static async Task<List<Case>> Stored(CaseWorld world)
    {
        await using var db = world.CreateDbContext();
        return await db.Set<Case>().AsNoTracking().ToListAsync();
    }
}
