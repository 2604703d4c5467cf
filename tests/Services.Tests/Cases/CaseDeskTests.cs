using Microsoft.EntityFrameworkCore;
using WuShe.Services.Cases;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.StaffChat;
using WuShe.Services.Tests.Fakes;

namespace WuShe.Services.Tests.Cases;

/// <summary>What staff tap and write in their chats.</summary>
public sealed class CaseDeskTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task The_first_tap_takes_the_case_and_the_second_is_told_who_has_it()
    {
        var chat = new FakeStaffChat();
        await using var world = await CaseWorld.Begin(instead: chat.Join);
        var number = (await world.Open(world.Vacant.Id)).Number;
        var first = await Tap(world, world.Wang, number);
        Assert.StartsWith("已接单", first.Words, StringComparison.Ordinal);
        Assert.Equal("已由网格员 王接单", first.Card!.Done);
        var second = await Tap(world, world.Li, number);
        Assert.Equal("这件事现在由网格员 王办理（处理中）。", second.Words);
        Assert.Equal("您已经接单了。", (await Tap(world, world.Wang, number)).Words);

        // Posted, changed by the claim, and once more for the one who came too late; the owner's own second tap changes nothing.
        Assert.Equal(3, (await world.Owed()).Count(row => row.To == "staff.fake:" + number));
    }

    [Fact]
    public async Task Rights_are_those_of_the_console()
    {
        await using var world = await CaseWorld.Begin();
        var number = (await world.Open(world.East.Id)).Number;
        foreach (var nobody in new[] { world.Chen, world.Stranger })
        {
            var answer = await Tap(world, nobody, number);
            Assert.Equal(("没有这个编号的事项，或者它不归您办理。", null), (answer.Words, answer.Card));
            Assert.Null((await Say(world, nobody, number)).Card);
        }

        // A colleague of the same group has seen the card, and hears whose it is; the case stays closed to them.
        var told = await Tap(world, world.Zhao, number);
        Assert.Equal(("这件事现在由网格员 王办理（待接单）。", number), (told.Words, told.Card!.Id));
        Assert.Equal(told.Words, (await Say(world, world.Zhao, "接 0001")).Words);
        Assert.Null((await Say(world, world.Zhao, number)).Card);
        Assert.Null((await Say(world, world.Zhao, "0001")).Card);

        Assert.Equal(CaseState.Dispatched, (await world.Work.Open(number, world.Wang, None))!.State);
    }

    [Theory]
    [InlineData("claim:260302-0002", "260302-0001")]
    [InlineData("close:260302-0001", "260302-0001")]
    [InlineData("claim:", "")]
    [InlineData("claim:x", "x")]
    public async Task A_button_that_does_not_belong_to_the_card_does_nothing(string key, string card)
    {
        await using var world = await CaseWorld.Begin();
        await world.Open(world.East.Id);
        await world.Open(world.East.Id);
        Assert.Contains("不能用了", (await world.Get<IStaffDesk>().Tapped(new StaffTap(world.Wang, card, key), None)).Words, StringComparison.Ordinal);
        Assert.Equal(2, (await world.Work.Inbox(world.Wang, new CaseFilter(CaseShelf.Waiting), None)).Total);
    }

    [Theory]
    [InlineData("260302-0001")]
    [InlineData("0001")]
    [InlineData("２６０３０２－０００１")]
    public async Task A_number_shows_the_case(string words)
    {
        await using var world = await CaseWorld.Begin();
        await world.Open(world.East.Id);
        var answer = await Say(world, world.Wang, words);
        Assert.Equal(("260302-0001：待接单。", "260302-0001"), (answer.Words, answer.Card!.Id));
    }

    [Fact]
    public async Task Words_claim_and_list()
    {
        await using var world = await CaseWorld.Begin();
        await world.Open(world.East.Id);
        await world.Open(world.Vacant.Id);
        Assert.Equal(2, (await Say(world, world.Wang, "未接")).Words.Split('\n').Length);
        Assert.Equal("您手上没有在办的案件。", (await Say(world, world.Wang, "我的")).Words);
        Assert.StartsWith("已接单", (await Say(world, world.Wang, "接 0002")).Words, StringComparison.Ordinal);
        Assert.StartsWith("260302-0002", (await Say(world, world.Wang, "我的")).Words, StringComparison.Ordinal);
        Assert.Contains("接 0007", (await Say(world, world.Wang, "你好")).Words, StringComparison.Ordinal);
        Assert.Contains("没有尾号 0009", (await Say(world, world.Wang, "接0009")).Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("接 7")]
    [InlineData("接")]
    [InlineData("转 0001 @李")]
    [InlineData("办结 0001")]
    [InlineData("12")]
    [InlineData("接 9999")]
    [InlineData("未接")]
    [InlineData("0001")]
    public async Task What_begins_as_an_order_is_for_the_desk(string words) => Assert.False((await Said(words)).IsTalk);

    [Theory]
    [InlineData("大家辛苦了")]
    [InlineData("接下来谁去看看？")]
    [InlineData("退休的老张说电梯又响了")]
    [InlineData("0001 那边我去过了")]
    [InlineData("260302-0001 要带梯子")]
    public async Task Everything_else_is_for_colleagues(string words) => Assert.True((await Said(words)).IsTalk);

    private static async Task<StaffAnswer> Said(string words)
    {
        await using var world = await CaseWorld.Begin();
        await world.Open(world.East.Id);
        return await Say(world, world.Wang, words);
    }

    [Fact]
    public async Task Last_digits_that_fit_two_cases_are_asked_about()
    {
        await using var world = await CaseWorld.Begin();
        await world.Open(world.East.Id);
        world.Time.Advance(TimeSpan.FromDays(1));
        await world.Open(world.East.Id);
        Assert.Contains("260303-0001、260302-0001", (await Say(world, world.Wang, "接 0001")).Words, StringComparison.Ordinal);
        Assert.Equal(2, (await world.Work.Inbox(world.Wang, new CaseFilter(CaseShelf.Waiting), None)).Total);
    }

    [Fact]
    public async Task A_strangers_tap_is_shown_to_the_admin_once_a_day()
    {
        await using var world = await CaseWorld.Begin();
        var number = (await world.Open(world.East.Id)).Number;
        var desk = world.Get<IStaffDesk>();
        for (var i = 0; i < 3; i++) await desk.Refused(new StrangersTap("企业微信", "Mallory", number), None);
        await desk.Refused(new StrangersTap("企业微信", "mallory", "../admin"), None);
        var notices = await world.Work.Notices(world.Admin, None);
        Assert.Equal(["", number], notices.Select(n => n.CaseNumber).Order());
        Assert.All(notices, n => Assert.Contains("allory」", n.Words, StringComparison.Ordinal));
        await using var db = world.CreateDbContext();
        Assert.Equal(CaseState.Dispatched, (await db.Set<Case>().SingleAsync()).State);
    }

    private static Task<StaffAnswer> Tap(CaseWorld world, StaffActor by, string number) =>
        world.Get<IStaffDesk>().Tapped(new StaffTap(by, number, CaseCards.ClaimKey + number), None);

    private static Task<StaffAnswer> Say(CaseWorld world, StaffActor by, string words) => world.Get<IStaffDesk>().Said(new StaffWords(by, words), None);
}
