using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs.Engine;
using WuShe.Services.Cases;
using WuShe.Services.Common;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.StaffChat;
using WuShe.Services.GroupChat;
using WuShe.Services.Tests.Cases;

namespace WuShe.Services.Tests.GroupChat;

/// <summary>The console's groups: what stands there, who reads it, what members tap and write.</summary>
public sealed class GroupPostsTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_new_case_is_a_card_with_one_button_that_names_nobody()
    {
        await using var world = await GroupWorld.Begin();
        await world.Cases.Open(
            new NewCase("问题上报", "张三家漏水，电话13912345678", "漏水", new Spot("翠湖苑3栋2单元501室，电话13912345678", world.East.Id, 29.5, 106.5), 3, []),
            CaseWorld.Resident(), new IdempotencyKey("k"), None);
        await world.Deliver();
        var line = Assert.Single(await world.Lines());
        Assert.Equal(("", false, "问题上报 260302-0001"), (line.Who, line.Own, line.Card!.Title));
        Assert.Equal("接单", Assert.Single(line.Card.Buttons).Text);
        Assert.Equal("翠湖苑3栋2单元＊室，电话＊", line.Card.Lines[0].Words);
        var stored = Assert.Single(await world.Stored());
        Assert.DoesNotContain("张三", stored.CardJson, StringComparison.Ordinal);
        Assert.DoesNotContain("139", stored.CardJson, StringComparison.Ordinal);
        Assert.Equal([world.Lake.Id], world.News.Units);
    }

    public static TheoryData<bool> Databases => [false, true];

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task A_new_card_is_committed_with_its_case_and_once_and_owed_to_nobody(bool postgres)
    {
        Skip.If(postgres && CaseWorld.Postgres is null, "WUSHE_TEST_POSTGRES names no PostgreSQL");
        await using var world = await GroupWorld.Begin(postgres ? CaseWorld.Postgres : null);
        for (var tries = 0; tries < 2; tries++) await world.Open(world.East.Id, key: "the same");
        Assert.Equal("接单", Assert.Single((await world.OnlyCard()).Buttons).Text);
        Assert.Empty(await world.Owed());
        // Where it goes nobody is told of what was not committed.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.Cases.Open(
            new NewCase("问题上报", "路灯不亮", "路灯不亮", new Spot("3栋", world.East.Id, null, null), 3, []), CaseWorld.Resident(), new IdempotencyKey("cut"), new CancellationToken(true)));
        Assert.Single(await world.Stored());
    }

    [Fact]
    public async Task A_tap_takes_the_case_and_the_card_changes_for_everybody()
    {
        await using var world = await GroupWorld.Begin();
        var number = (await world.Open(world.East.Id)).Number;
        await world.Deliver();
        Assert.Equal(new GroupAnswer(true, "已接单，居民会收到通知。"), await world.Tap(world.Wang, number));
        await world.Deliver();
        var card = await world.OnlyCard();
        Assert.Equal((0, "已由网格员 王接单"), (card.Buttons.Count, card.Done));

        // Posted, and changed once: what goes out again changes nothing and wakes nobody.
        await world.Deliver(again: true);
        Assert.Equal(2, world.News.Units.Count);
        Assert.Contains("由网格员 王办理", (await world.Tap(world.Li, number)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_does_what_the_button_does_and_is_answered_to_its_writer_alone()
    {
        await using var world = await GroupWorld.Begin();
        await world.Open(world.East.Id);
        await world.Deliver();
        Assert.Equal("260302-0001：待接单。", (await world.Write(world.Wang, "0001")).Words);
        Assert.Equal("260302-0001", (await world.Write(world.Wang, "0001")).Card!.Id);
        Assert.StartsWith("260302-0001 问题上报", (await world.Write(world.Wang, "未接")).Words, StringComparison.Ordinal);
        Assert.StartsWith("已接单", (await world.Write(world.Wang, "接 0001")).Words, StringComparison.Ordinal);
        Assert.StartsWith("260302-0001 问题上报", (await world.Write(world.Wang, "我的")).Words, StringComparison.Ordinal);
        Assert.Contains("「接 0007」接单", (await world.Write(world.Wang, "接 7")).Words, StringComparison.Ordinal);
        Assert.Contains("没有尾号 0009", (await world.Write(world.Wang, "接 0009")).Words, StringComparison.Ordinal);
        await world.Deliver();
        Assert.Equal("已由网格员 王接单", (await world.OnlyCard()).Done);
    }

    [Fact]
    public async Task What_is_no_command_is_said_to_everybody_without_what_is_personal()
    {
        await using var world = await GroupWorld.Begin();
        Assert.Equal(new GroupAnswer(true, ""), await world.Write(world.Wang, "梯子在3栋2单元501，找13912345678，260302-0001要用"));
        var line = Assert.Single(await world.Lines());
        Assert.Equal(("网格员 王", "梯子在3栋2单元＊，找＊，260302-0001要用"), (line.Who, line.Words));
        Assert.False(line.Own);
        Assert.True((await world.Get<GroupPosts>().Read(world.Lake.Id, world.Wang, 40, None))!.Lines[0].Own);
        Assert.DoesNotContain("139", Assert.Single(await world.Stored()).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_and_far_too_much_are_refused_and_posted_nowhere()
    {
        await using var world = await GroupWorld.Begin();
        Assert.Equal(new GroupAnswer(false, "请先写几个字。"), await world.Write(world.Wang, " 　"));
        Assert.Equal(new GroupAnswer(false, "一次最多写 1000 个字，请分几次发。"), await world.Write(world.Wang, new string('好', 20_000)));
        Assert.Equal(new GroupAnswer(true, ""), await world.Write(world.Wang, new string('好', 1000)));
        Assert.Single(await world.Lines());
    }

    [Fact]
    public async Task Whoever_may_see_the_cases_of_a_unit_is_in_its_group()
    {
        await using var world = await GroupWorld.Begin();
        var number = (await world.Open(world.East.Id)).Number;
        var posts = world.Get<GroupPosts>();
        Assert.Equal(["翠湖社区"], await Groups(world.Wang));
        Assert.Equal(["翠湖社区"], await Groups(world.Li));
        Assert.Equal(["东街社工站", "翠湖社区", "锦绣社区"], (await Groups(world.Sun)).Order(StringComparer.Ordinal));
        Assert.Equal("东街社工站", (await Groups(world.Sun))[0]);
        Assert.Equal(4, (await Groups(world.Admin)).Count);
        Assert.Empty(await Groups(world.Chen));
        foreach (var outside in new[] { world.Chen, world.Stranger })
        {
            Assert.Null(await posts.Read(world.Lake.Id, outside, 40, None));
            Assert.Equal(new GroupAnswer(false, "您不在这个工作群里。"), await world.Write(outside, "你们好"));
            Assert.False((await world.Tap(outside, number)).Taken);
        }

        // The case's own card, and no word of theirs.
        var only = Assert.Single(await world.Stored());
        Assert.Equal((number, ""), (only.CardId, only.Words));
        Assert.Null(await posts.Read(Guid.NewGuid(), world.Admin, 40, None));
        var members = await world.Get<IStaffChat>().Members(world.Lake.Id, None);
        Assert.Equal(["社工 李", "站长 孙", "管理员", "网格员 王", "网格员 赵"], members.Select(m => m.Name).Order(StringComparer.Ordinal));

        async Task<List<string>> Groups(StaffActor actor) => [.. (await posts.Of(actor, None)).Select(g => g.Name)];
    }

    [Fact]
    public async Task A_case_that_goes_elsewhere_stays_there_as_done_and_comes_new_to_the_other_group()
    {
        await using var world = await GroupWorld.Begin();
        var number = (await world.Open(null)).Number;
        await world.Deliver();
        await world.Get<IUnplacedCases>().Place([number], new Spot("翠湖苑3栋", world.East.Id, 29.5, 106.5), world.Admin, None);
        await world.Deliver();
        Assert.Equal([(world.Centre.Id, "已转给翠湖社区"), (world.Lake.Id, "")], (await world.Stored()).Select(p => (p.UnitId, p.Card()!.Done)));
    }

    [Fact]
    public async Task A_long_thread_is_read_from_its_end()
    {
        await using var world = await GroupWorld.Begin();
        for (var i = 1; i <= 5; i++) await world.Get<IStaffChat>().Say(world.Lake.Id, $"k{i}", new StaffPost($"第{i}句"), None);
        await world.Get<IStaffChat>().Say(world.Lake.Id, "k5", new StaffPost("再说一遍"), None);
        var thread = (await world.Get<GroupPosts>().Read(world.Lake.Id, world.Li, 3, None))!;
        Assert.Equal(["第3句", "第4句", "第5句"], thread.Lines.Select(l => l.Words));
        Assert.True(thread.More);
        Assert.False((await world.Get<GroupPosts>().Read(world.Lake.Id, world.Li, 5, None))!.More);
    }

    [Fact]
    public async Task A_list_of_the_service_stands_in_lines_and_what_is_too_long_is_cut()
    {
        await using var world = await GroupWorld.Begin();
        var chat = world.Get<IStaffChat>();
        await chat.Say(world.Lake.Id, "a", new StaffPost("今天未办结") { Lines = ["260302-0001", "260302-0002"] }, None);
        await chat.Say(world.Lake.Id, "b", new StaffPost(new string('好', 5000)), None);
        var lines = await world.Lines();
        Assert.Equal("今天未办结\n260302-0001\n260302-0002", lines[0].Words);
        Assert.Equal((GroupPost.MaxWords, '…'), (lines[1].Words.Length, lines[1].Words[^1]));
    }

    [Fact]
    public async Task A_card_that_was_never_posted_cannot_be_changed_and_no_unit_is_reached_that_is_not_there()
    {
        await using var world = await GroupWorld.Begin();
        var chat = world.Get<IStaffChat>();
        var card = new StaffCard("260302-0001", 1, world.Lake.Id, "问题上报", "/staff");
        Assert.Equal(DeliveryResult.Refused, (await chat.Update(card, None)).Result);
        Assert.False(await chat.Reaches(Guid.NewGuid(), None));
        Assert.True(await chat.Reaches(world.Brocade.Id, None));
    }
}
