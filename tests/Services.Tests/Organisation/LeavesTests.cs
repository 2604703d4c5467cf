using WuShe.Dialogs;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Organisation;
using WuShe.Services.Tests.Cases;

namespace WuShe.Services.Tests.Organisation;

public sealed class LeavesTests
{
    [Fact]
    public async Task Leave_counts_by_whole_days_in_Beijing()
    {
        await using var world = await CaseWorld.Begin();
        var today = BeijingTime.DateOf(world.Time.GetUtcNow());
        var taken = await world.Get<Leaves>().Take(world.Wang.Id, today.AddDays(1), today.AddDays(2), world.Zhao.Id, world.Wang, default);
        Assert.Equal((OrganisationResult.Done, "网格员 王在3月3日（周二）至3月4日（周三）请假，由网格员 赵代班。"), (taken.Result, taken.Words));

        var leave = await world.Row<StaffLeave>(taken.Id!.Value);
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 16, 0, 0, TimeSpan.Zero), leave.From);
        Assert.Equal(new DateTimeOffset(2026, 3, 4, 16, 0, 0, TimeSpan.Zero), leave.Until);
        Assert.Equal(world.Wang.Id, (await world.Responsible(world.East.Id)).Staff);
        world.Time.Advance(TimeSpan.FromHours(15));
        Assert.Equal(world.Zhao.Id, (await world.Responsible(world.East.Id)).Staff);
    }

    [Fact]
    public async Task A_leave_that_has_not_begun_is_taken_back_and_one_that_has_ends()
    {
        await using var world = await CaseWorld.Begin();
        var leaves = world.Get<Leaves>();
        var today = BeijingTime.DateOf(world.Time.GetUtcNow());
        var later = await leaves.Take(world.Wang.Id, today.AddDays(5), today.AddDays(5), null, world.Sun, default);
        var now = await leaves.Take(world.Wang.Id, today, today.AddDays(1), world.Zhao.Id, world.Sun, default);
        Assert.Equal(world.Zhao.Id, (await world.Responsible(world.East.Id)).Staff);

        Assert.Equal(OrganisationResult.NotAllowed, (await leaves.Cancel(now.Id!.Value, world.Stranger, default)).Result);
        Assert.Equal(OrganisationResult.Done, (await leaves.Cancel(now.Id.Value, world.Sun, default)).Result);
        Assert.Equal(OrganisationResult.Done, (await leaves.Cancel(later.Id!.Value, world.Wang, default)).Result);
        Assert.Equal(world.Wang.Id, (await world.Responsible(world.East.Id)).Staff);
        Assert.Equal(world.Time.GetUtcNow(), (await world.Row<StaffLeave>(now.Id.Value)).Until);
        await Assert.ThrowsAsync<InvalidOperationException>(() => world.Row<StaffLeave>(later.Id.Value));
    }

    [Fact]
    public async Task Days_and_substitutes_that_cannot_be_are_refused()
    {
        await using var world = await CaseWorld.Begin();
        var leaves = world.Get<Leaves>();
        var today = BeijingTime.DateOf(world.Time.GetUtcNow());
        await leaves.Take(world.Zhao.Id, today.AddDays(1), today.AddDays(3), null, world.Zhao, default);
        async Task<string> Refusal(StaffActor who, int first, int last, Guid? substitute)
        {
            var outcome = await leaves.Take(who.Id, today.AddDays(first), today.AddDays(last), substitute, world.Sun, default);
            Assert.Equal(OrganisationResult.Refused, outcome.Result);
            return outcome.Words;
        }

        Assert.StartsWith("结束日期要", await Refusal(world.Wang, 2, 1, null), StringComparison.Ordinal);
        Assert.StartsWith("这些日子已经过去", await Refusal(world.Wang, -3, -1, null), StringComparison.Ordinal);
        Assert.StartsWith("请假最长一年", await Refusal(world.Wang, 1, 400, null), StringComparison.Ordinal);
        Assert.StartsWith("这几天里已经有请假", await Refusal(world.Zhao, 3, 4, null), StringComparison.Ordinal);
        Assert.StartsWith("网格员 赵这几天也请假", await Refusal(world.Wang, 2, 2, world.Zhao.Id), StringComparison.Ordinal);
        Assert.StartsWith("代班的人要", await Refusal(world.Wang, 2, 2, world.Wang.Id), StringComparison.Ordinal);
        Assert.StartsWith("代班的人要", await Refusal(world.Wang, 2, 2, world.Stranger.Id), StringComparison.Ordinal);
        Assert.Equal(OrganisationResult.NotAllowed, (await leaves.Take(world.Wang.Id, today, today, null, world.Li, default)).Result);
    }
}
