using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Bindings;
using WuShe.Services.Cases;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Residency;
using WuShe.Services.Tests.Cases;

namespace WuShe.Services.Tests.Bindings;

/// <summary>One resident in two conversations: what each may see before, while and after they are joined.</summary>
public sealed class BindingsTests
{
    private static readonly Resident Web = new(new ConversationId("web", "ann"));
    private static readonly Resident WeChat = new(new ConversationId("wechat.main", "oAnn"));
    private static readonly Resident Stranger = new(new ConversationId("web", "bob"));

    public static TheoryData<string> Databases => ["sqlite", "postgres"];

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Joined_conversations_see_the_cases_of_both_and_nobody_else_does(string database)
    {
        await using var world = await Begin(database);
        var (web, chat) = (await Report(world, Web), await Report(world, WeChat));
        Assert.Null(await world.Cases.Story(web, WeChat, default));
        Assert.Equal([chat], await Mine(world, WeChat));

        Assert.Equal(BindResult.Joined, await Join(world, Web, WeChat));

        Assert.Equal([chat, web], await Mine(world, WeChat));
        Assert.Equal([chat, web], await Mine(world, Web));
        Assert.NotNull(await world.Cases.Story(web, WeChat, default));
        Assert.True(await world.Cases.Add(web, "还有一盏也不亮", [], WeChat, Key(), default));
        Assert.Empty(await Mine(world, Stranger));
        Assert.Null(await world.Cases.Story(web, Stranger, default));
        Assert.False(await world.Cases.Add(web, "我也说一句", [], Stranger, Key(), default));

        var told = Assert.Single(await world.Owed());
        Assert.Equal(Web.Conversation.ToString(), told.To);
        Assert.StartsWith("微信上的聊天和这里连上了", CaseWorld.Words(told));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task A_closed_case_is_rated_from_either_side(string database)
    {
        await using var world = await Begin(database);
        var number = await Report(world, Web);
        await world.Work.Claim(number, world.Wang, default);
        await world.Work.Close(number, world.Wang, "换好了", [], default);
        Assert.Null(await world.Cases.ToRate(null, WeChat, default));
        Assert.Equal(RatingResult.Refused, (await world.Cases.Rate(number, Satisfaction.Satisfied, "", WeChat, Key(), default)).Result);
        await Join(world, Web, WeChat);
        Assert.Equal(number, (await world.Cases.ToRate(null, WeChat, default))?.Number);
        Assert.Equal(RatingResult.Thanked, (await world.Cases.Rate(number, Satisfaction.Satisfied, "", WeChat, Key(), default)).Result);
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task A_code_joins_once_and_asking_again_with_its_key_changes_nothing(string database)
    {
        await using var world = await Begin(database);
        await Report(world, Web);
        var bindings = world.Get<IBindings>();
        var code = (await bindings.Offer(Web, default))!;
        var key = Key();
        Assert.Equal(BindResult.SaidHere, await bindings.Take(code, Web, Key(), default));
        Assert.Equal(BindResult.Joined, await bindings.Take(code, WeChat, key, default));
        Assert.Equal(BindResult.Joined, await bindings.Take(code, WeChat, key, default));
        Assert.Equal(BindResult.Wrong, await bindings.Take(code, Stranger, Key(), default));
        Assert.Equal(BindResult.Wrong, await bindings.Take("000000", Stranger, Key(), default));
        Assert.Single(await world.Owed());
        Assert.Equal(BindResult.JoinedAlready, await Join(world, WeChat, Web));
        await using var db = world.CreateDbContext();
        Assert.Equal(1, await db.Set<RegisteredResident>().CountAsync());
        Assert.Equal(2, await db.Set<ResidentConversation>().CountAsync());
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Third_and_fourth_conversations_come_along(string database)
    {
        await using var world = await Begin(database);
        var third = new Resident(new ConversationId("wechat.second", "oAnn2"));
        var fourth = new Resident(new ConversationId("bot.teams", "ann"));
        var numbers = new List<string>();
        foreach (var one in new[] { Web, WeChat, third, fourth }) numbers.Insert(0, await Report(world, one));
        await Join(world, Web, WeChat);
        await Join(world, third, fourth);
        await Join(world, WeChat, third);
        foreach (var one in new[] { Web, WeChat, third, fourth }) Assert.Equal(numbers, await Mine(world, one));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Parted_conversations_keep_what_was_reported_in_each(string database)
    {
        await using var world = await Begin(database);
        var (web, chat) = (await Report(world, Web), await Report(world, WeChat));
        var bindings = world.Get<IBindings>();
        Assert.False(await bindings.Part(WeChat, Key(), default));
        await Join(world, Web, WeChat);
        Assert.True(await bindings.Part(WeChat, Key(), default));
        Assert.Equal([chat], await Mine(world, WeChat));
        Assert.Equal([web], await Mine(world, Web));
        Assert.Null(await world.Cases.Story(web, WeChat, default));
        Assert.Contains("断开", CaseWorld.Words((await world.Owed())[^1]));
        Assert.Equal(Web.Conversation.ToString(), (await world.Owed())[^1].To);
        Assert.Equal(BindResult.Joined, await Join(world, WeChat, Web));
    }

    private static async Task<CaseWorld> Begin(string database)
    {
        Skip.If(database == "postgres" && CaseWorld.Postgres is null, "WUSHE_TEST_POSTGRES is not set");
        return await CaseWorld.Begin(database == "postgres" ? CaseWorld.Postgres : null);
    }

    private static async Task<string> Report(CaseWorld world, Resident resident)
    {
        world.Time.Advance(TimeSpan.FromSeconds(1));
        var opening = new NewCase("问题上报", "公共照明：路灯不亮", "路灯不亮", new Spot("3栋", world.East.Id, 29.5, 106.5), 3, [new AttachmentRef("photo")]);
        return (await world.Cases.Open(opening, resident, Key(), default)).Number;
    }

    private static async Task<string[]> Mine(CaseWorld world, Resident resident) =>
        [.. (await world.Cases.OpenOf(resident, default)).Select(one => one.Number)];

    private static async Task<BindResult> Join(CaseWorld world, Resident gives, Resident says)
    {
        var bindings = world.Get<IBindings>();
        return await bindings.Take((await bindings.Offer(gives, default))!, says, Key(), default);
    }

    private static IdempotencyKey Key() => new(Guid.CreateVersion7().ToString());
}
