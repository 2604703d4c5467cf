using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs;
using WuShe.Services.Cases;
using WuShe.Services.Common.Messages;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Tests.Cases;

/// <summary>What became of the messages about a case, and whom staff should tell themselves.</summary>
public sealed class CaseMessagesTests
{
    public static TheoryData<bool> Databases => [false, true];

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task A_message_that_found_no_way_is_told_by_staff_after_two_days(bool postgres)
    {
        Skip.If(postgres && CaseWorld.Postgres is null, "WUSHE_TEST_POSTGRES names no PostgreSQL");
        await using var world = await CaseWorld.Begin(postgres ? CaseWorld.Postgres : null);
        var number = await Claimed(world);
        await Refuse(world, "template: no form for case-progress; message: 45015 reply window closed");
        var messages = world.Get<CaseMessages>();
        Assert.Empty(await messages.Waiting(world.Wang, default));

        world.Time.Advance(TimeSpan.FromDays(2));
        var one = Assert.Single(await messages.Waiting(world.Wang, default));
        Assert.Equal((number, "3栋", "还没送到，等居民下次说话时再发：没有设置模板，居民太久没有说话，公众号不能主动发。"), (one.Number, one.Place, one.Outcome));
        Assert.Contains("接单了", one.Words, StringComparison.Ordinal);

        Assert.Null(await messages.Told(one.Key, world.Wang, default));
        Assert.Empty(await messages.Waiting(world.Wang, default));
        Assert.Equal("网格员 王已当面告诉居民。", Assert.Single(await messages.Of(number, world.Wang, default)).Outcome);
        Assert.NotNull(await messages.Told(one.Key, world.Wang, default));

        Assert.Null(await messages.NotTold(one.Key, world.Wang, default));
        Assert.Single(await messages.Waiting(world.Wang, default));
        Assert.NotNull(await messages.NotTold(one.Key, world.Wang, default));
    }

    [Fact]
    public async Task What_was_promised_within_hours_does_not_wait()
    {
        await using var world = await CaseWorld.Begin();
        var opened = await world.Cases.Open(
            new NewCase("紧急求助", "【紧急】电梯困人", "电梯困人", new Spot("3栋", world.East.Id, null, null), 1, []) { Within = TimeSpan.FromMinutes(30) },
            CaseWorld.Resident(), new Dialogs.Engine.IdempotencyKey("k"), default);
        await world.Work.Claim(opened.Number, world.Wang, default);
        await Refuse(world, "43004 does not follow; sms: not set up");
        var one = Assert.Single(await world.Get<CaseMessages>().Waiting(world.Wang, default));
        Assert.Equal("还没送到，等居民下次说话时再发：没有关注公众号，没有开通短信。", one.Outcome);
    }

    [Fact]
    public async Task Others_see_and_change_nothing()
    {
        await using var world = await CaseWorld.Begin();
        var number = await Claimed(world);
        await Refuse(world, "message: 45015 reply window closed");
        world.Time.Advance(TimeSpan.FromDays(2));
        var messages = world.Get<CaseMessages>();
        var key = Assert.Single(await messages.Waiting(world.Wang, default)).Key;
        foreach (var actor in new[] { world.Stranger, world.Chen })
        {
            Assert.Empty(await messages.Waiting(actor, default));
            Assert.Empty(await messages.Of(number, actor, default));
            Assert.NotNull(await messages.Told(key, actor, default));
        }
        Assert.NotNull(await messages.Told("rate:260302-0001:4", world.Wang, default));
    }

    [Fact]
    public async Task A_case_with_a_number_that_begins_alike_has_its_own_messages()
    {
        await using var world = await CaseWorld.Begin();
        var number = await Claimed(world);
        Assert.Empty(await world.Get<CaseMessages>().Of(number[..^1], world.Admin, default));
        Assert.Equal("正在等着发出。", Assert.Single(await world.Get<CaseMessages>().Of(number, world.Admin, default)).Outcome);
    }

    private static async Task<string> Claimed(CaseWorld world)
    {
        var number = (await world.Open(world.East.Id)).Number;
        await world.Work.Claim(number, world.Wang, default);
        return number;
    }

    private static async Task Refuse(CaseWorld world, string outcome)
    {
        await using var db = world.CreateDbContext();
        await db.Set<OutboxMessage>().ExecuteUpdateAsync(set => set.SetProperty(m => m.Parked, true).SetProperty(m => m.Attempts, 1).SetProperty(m => m.Outcome, outcome));
    }
}
