using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Cases;
using WuShe.Services.Common;
using WuShe.Services.Common.Messages;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Tests.Fakes;

namespace WuShe.Services.Tests.Cases;

/// <summary>Cards of cases in the staff chat: what is owed, and what it shows when it goes out.</summary>
public sealed class CaseCardsTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_new_case_posts_a_card_that_can_be_claimed_and_names_nobody()
    {
        var chat = new FakeStaffChat();
        await using var world = await CaseWorld.Begin(instead: chat.Join);
        var opened = await world.Cases.Open(
            new NewCase("问题上报", "张三家漏水，电话13912345678", "漏水", new Spot("翠湖苑3栋2单元501室，电话13912345678", world.East.Id, 29.5, 106.5), 3, []),
            CaseWorld.Resident(), new IdempotencyKey("k"), None);
        await Deliver(world);
        var (what, card) = Assert.Single(chat.Cards);
        Assert.Equal(("post", "260302-0001", world.Lake.Id, "问题上报 260302-0001", "/staff/cases/260302-0001"), (what, card.Id, card.UnitId, card.Title, card.Path));
        Assert.Equal("claim:" + opened.Number, Assert.Single(card.Buttons).Key);
        Assert.Equal("翠湖苑3栋2单元＊室，电话＊", card.Lines[0].Words);
        Assert.Equal(("期限", "网格员 王"), (card.Lines[1].Name, card.Lines[2].Words));
        Assert.Contains("3月5日（周四）", card.Lines[1].Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_step_changes_it_and_a_note_does_not()
    {
        var chat = new FakeStaffChat();
        await using var world = await CaseWorld.Begin(instead: chat.Join);
        var number = (await world.Open(world.East.Id)).Number;
        await world.Work.Claim(number, world.Wang, None);
        await world.Work.Note(number, world.Wang, "联系了电工", [], None);
        await world.Work.Close(number, world.Wang, "换好了", [], None);
        Assert.Equal(3, (await Owed(world)).Count);

        // What goes out late shows the case as it is now.
        await Deliver(world);
        Assert.Equal(["post", "update", "update"], chat.Cards.Select(c => c.What));
        Assert.All(chat.Cards, c => Assert.Equal(("已办结", 0), (c.Card.Done, c.Card.Buttons.Count)));
    }

    [Fact]
    public async Task A_claimed_case_says_by_whom()
    {
        var chat = new FakeStaffChat();
        await using var world = await CaseWorld.Begin(instead: chat.Join);
        var number = (await world.Open(world.East.Id)).Number;
        await world.Work.Claim(number, world.Wang, None);
        await Deliver(world);
        Assert.Equal("已由网格员 王接单", chat.Cards[^1].Card.Done);
    }

    [Fact]
    public async Task A_reopened_case_is_posted_anew()
    {
        var chat = new FakeStaffChat();
        await using var world = await CaseWorld.Begin(instead: chat.Join);
        var number = (await world.Open(world.East.Id)).Number;
        await world.Work.Claim(number, world.Wang, None);
        await world.Work.Close(number, world.Wang, "换好了", [], None);
        await Deliver(world);
        await world.Cases.Rate(number, Satisfaction.NotSolved, "还是不亮", CaseWorld.Resident(), new IdempotencyKey("r"), None);
        chat.Cards.Clear();
        await Deliver(world);
        var (what, card) = chat.Cards[^1];
        Assert.Equal("post", what);
        Assert.True(card.Version > 3);
    }

    [Fact]
    public async Task A_case_placed_elsewhere_leaves_one_group_and_comes_to_the_other()
    {
        var chat = new FakeStaffChat();
        await using var world = await CaseWorld.Begin(instead: chat.Join);
        var number = (await world.Open(null)).Number;
        await world.Get<IUnplacedCases>().Place([number], new Spot("翠湖苑3栋", world.East.Id, 29.5, 106.5), world.Admin, None);
        await Deliver(world);
        Assert.Equal([("post", "已转给翠湖社区"), ("update", "已转给翠湖社区"), ("post", "")], chat.Cards.Select(c => (c.What, c.Card.Done)));
        Assert.Equal([world.Centre.Id, world.Centre.Id, world.Lake.Id], chat.Cards.Select(c => c.Card.UnitId));
        Assert.True(chat.Cards[2].Card.Version > chat.Cards[0].Card.Version);
    }

    [Fact]
    public async Task Nothing_is_owed_where_there_is_no_chat()
    {
        await using var world = await CaseWorld.Begin();
        await world.Open(world.East.Id);
        Assert.Empty(await Owed(world));
    }

    [Fact]
    public async Task What_no_chat_takes_is_at_its_end_and_what_is_busy_comes_again()
    {
        var chat = new FakeStaffChat { Outcome = DeliveryOutcome.Refused("no") };
        await using var world = await CaseWorld.Begin(instead: chat.Join);
        await world.Open(world.East.Id);
        Assert.Equal(DeliveryResult.Delivered, (await Deliver(world)).Single().Result);
        chat.Outcome = DeliveryOutcome.Retry("busy");
        Assert.Equal(DeliveryResult.Retry, (await Deliver(world)).Single().Result);
        var until = world.Time.GetUtcNow().AddMinutes(10);
        chat.Outcome = DeliveryOutcome.Held(until, "48002 no permission for this call: configuration");
        Assert.Equal(chat.Outcome, (await Deliver(world)).Single());
        chat.ReachesAnybody = false;
        Assert.Equal(DeliveryResult.Delivered, (await Deliver(world)).Single().Result);
    }

    [Fact]
    public async Task Two_chats_are_owed_the_card_each_for_itself()
    {
        var (fake, console) = (new FakeStaffChat { Outcome = DeliveryOutcome.Retry("down") }, new FakeStaffChat { Name = "console" });
        await using var world = await CaseWorld.Begin(instead: services =>
        {
            fake.Join(services);
            console.Join(services);
        });
        var number = (await world.Open(world.East.Id)).Number;
        await world.Work.Claim(number, world.Wang, None);
        Assert.Equal(["staff.fake:" + number, "staff.console:" + number], (await Owed(world)).Select(row => row.To).Distinct());
        Assert.Equal(4, (await Owed(world)).Count);
        var outcomes = await Deliver(world);
        Assert.Equal(2, outcomes.Count(o => o.Result == DeliveryResult.Delivered));
        Assert.Equal(2, console.Cards.Count);
    }

    private static async Task<List<OutboxMessage>> Owed(CaseWorld world) =>
        [.. (await world.Owed()).Where(row => row.To.StartsWith("staff.", StringComparison.Ordinal))];

    private static async Task<List<DeliveryOutcome>> Deliver(CaseWorld world)
    {
        var outcomes = new List<DeliveryOutcome>();
        foreach (var row in await Owed(world))
            outcomes.Add(await world.Get<CaseCards>().Deliver(ConversationId.Parse(row.To), row.Key, [new Message(CaseWorld.Words(row))], None));
        return outcomes;
    }
}
