using System.Text;
using System.Text.Json;
using WuShe.Fakes;
using WuShe.Integrations.Tests.Redis;
using WuShe.Integrations.WeCom;
using WuShe.Services.Common;
using WuShe.Services.Common.StaffChat;

namespace WuShe.Integrations.Tests.WeCom;

/// <summary>Cards, words, group chats and robots against the fake platform, on every Redis there is.</summary>
public sealed class WeComStaffChatTests(RedisServers servers) : IClassFixture<RedisServers>
{
    private static readonly (string, string) Robot = ("WeCom:Bots:group:WebhookUrl", "{webhook}");
    private static readonly (string, string) Chats = ("WeCom:Apps:desk:GroupChats", "true");

    public static TheoryData<string> Servers => RedisServers.All;

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task A_card_reaches_the_unit_with_its_button_and_a_link(string server)
    {
        await using var world = await WeComWorld.Begin(servers.Connect(server));
        Assert.Equal(DeliveryResult.Delivered, (await world.Chat.Post(world.Card(), default)).Result);
        Assert.Equal(["li", "wangwei", "zhao"], world.Platform.Delivered.Select(d => d.To.Single().ToLowerInvariant()).Order());
        var card = world.Platform.Delivered.First().Body.GetProperty("template_card");
        Assert.Equal(("button_interaction", "260302-0001_v1"), (Text(card, "card_type"), Text(card, "task_id")));
        Assert.Equal("claim:260302-0001", Text(card.GetProperty("button_list")[0], "key"));
        Assert.Equal("https://bot.example.org/staff/wecom?to=%2Fstaff%2Fcases%2F260302-0001", Text(card.GetProperty("card_action"), "url"));
        Assert.Equal(["社工 李", "网格员 王", "网格员 赵"], (await world.Chat.Members(world.Lake.Id, default)).Select(m => m.Name));
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task A_card_is_posted_once_for_each_version(string server)
    {
        await using var world = await WeComWorld.Begin(servers.Connect(server));
        for (var i = 0; i < 3; i++) Assert.Equal(DeliveryResult.Delivered, (await world.Chat.Post(world.Card(), default)).Result);
        await using (var other = world.Another())
            Assert.Equal(DeliveryResult.Delivered, (await ((IStaffChat)other.GetService(typeof(IStaffChat))!).Post(world.Card(), default)).Result);
        Assert.Equal(3, world.Platform.Delivered.Count);
        await world.Chat.Post(world.Card(version: 5), default);
        Assert.Equal(6, world.Platform.Delivered.Count);
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task A_card_dealt_with_changes_for_everybody(string server)
    {
        await using var world = await WeComWorld.Begin(servers.Connect(server));
        await world.Chat.Post(world.Card(), default);
        Assert.Equal(DeliveryResult.Delivered, (await world.Chat.Update(world.Card(open: false), default)).Result);
        var change = Assert.Single(world.Platform.Changes);
        Assert.Equal(3, change.People.Length);
        Assert.Equal("已由网格员 王接单", Text(change.Body.GetProperty("button"), "replace_name"));

        // The code is used up, and everybody sees it: saying it again would be noise.
        Assert.Equal(DeliveryResult.Delivered, (await world.Chat.Update(world.Card(open: false), default)).Result);
        Assert.Equal(3, world.Platform.Delivered.Count);

        // What is new is said in words.
        await world.Chat.Update(world.Card(open: false) with { Done = "已办结" }, default);
        Assert.Equal("text", world.Platform.Delivered.Last().Type);
        Assert.EndsWith("已办结", Text(world.Platform.Delivered.Last().Body.GetProperty("text"), "content"), StringComparison.Ordinal);
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task The_newest_code_is_used_and_an_unused_one_kept(string server)
    {
        await using var world = await WeComWorld.Begin(servers.Connect(server));
        await world.Chat.Post(world.Card(), default);
        var code = world.Platform.NewResponseCode();
        await world.Get<WeComPostings>().Tapped(world.App, "260302-0001_v1", code);
        world.Platform.FailNext.Enqueue(-1);
        Assert.Equal(DeliveryResult.Retry, (await world.Chat.Update(world.Card(open: false), default)).Result);
        Assert.Equal(DeliveryResult.Delivered, (await world.Chat.Update(world.Card(open: false), default)).Result);
        Assert.Equal(code, Assert.Single(world.Platform.Changes).ResponseCode);
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task A_code_that_is_too_old_gives_way_to_words(string server)
    {
        await using var world = await WeComWorld.Begin(servers.Connect(server));
        await world.Chat.Post(world.Card(), default);
        world.Time.Advance(TimeSpan.FromHours(73));
        Assert.Equal(DeliveryResult.Delivered, (await world.Chat.Update(world.Card(open: false), default)).Result);
        Assert.Empty(world.Platform.Changes);
        Assert.Equal(3, world.Platform.Delivered.Count(d => d.Type == "text"));
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task Nobody_is_written_to_where_nobody_is(string server)
    {
        await using var world = await WeComWorld.Begin(servers.Connect(server));
        Assert.True(await world.Chat.Reaches(world.Lake.Id, default));
        Assert.False(await world.Chat.Reaches(world.Empty.Id, default));
        Assert.Equal(DeliveryResult.Refused, (await world.Chat.Post(world.Card() with { UnitId = world.Empty.Id }, default)).Result);
        Assert.Equal(DeliveryResult.Refused, (await world.Chat.Update(world.Card(id: "260302-0009"), default)).Result);
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task Words_are_a_text_and_a_list_is_markdown(string server)
    {
        await using var world = await WeComWorld.Begin(servers.Connect(server));
        var emoji = string.Concat(Enumerable.Repeat("楼道灯😀", 300));
        await world.Chat.Say(world.Lake.Id, "k1", new StaffPost(emoji), default);
        await world.Chat.Say(world.Lake.Id, "k1", new StaffPost(emoji), default);
        await world.Chat.Say(world.Lake.Id, "k2", new StaffPost("今天要办") { Lines = ["260302-0001 \"路灯\"\\坏了\n换行", "260302-0002"] }, default);
        Assert.Equal(["text", "text", "text", "markdown", "markdown", "markdown"], world.Platform.Delivered.Select(d => d.Type));
        Assert.Equal("**今天要办**\n> 260302-0001 \"路灯\"\\坏了 换行\n> 260302-0002", Text(world.Platform.Delivered.Last().Body.GetProperty("markdown"), "content"));
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task What_is_beyond_a_members_limit_waits_and_is_not_dropped(string server)
    {
        await using var world = await WeComWorld.Begin(servers.Connect(server));
        for (var i = 0; i < 30; i++) Assert.Equal(DeliveryResult.Delivered, (await world.Chat.Say(world.Lake.Id, "k" + i, new StaffPost("好"), default)).Result);
        Assert.Equal(DeliveryResult.Retry, (await world.Chat.Say(world.Lake.Id, "more", new StaffPost("好"), default)).Result);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(DeliveryResult.Delivered, (await world.Chat.Say(world.Lake.Id, "more", new StaffPost("好"), default)).Result);
        Assert.Empty(world.Platform.Dropped);
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task The_limits_of_an_hour_and_of_chats_are_kept_too(string server)
    {
        await using var world = await WeComWorld.Begin(servers.Connect(server), ("WeCom:MemberMessagesPerHour", "3"));
        await using var chats = world.Another(Chats, ("WeCom:ChatMessagesPerMinute", "3"), ("WeCom:ChatMessagesPerDay", "5"));
        foreach (var (chat, longer) in new[] { (world.Chat, TimeSpan.FromHours(1)), ((IStaffChat)chats.GetService(typeof(IStaffChat))!, TimeSpan.FromDays(1)) })
        {
            async Task<DeliveryResult> Say(string key) => (await chat.Say(world.Lake.Id, longer + key, new StaffPost("好"), default)).Result;
            for (var i = 0; i < 3; i++) Assert.Equal(DeliveryResult.Delivered, await Say("k" + i));
            Assert.Equal(DeliveryResult.Retry, await Say("k3"));
            world.Time.Advance(TimeSpan.FromMinutes(1));
            var more = longer.Days > 0 ? 2 : 0;
            for (var i = 0; i < more; i++) Assert.Equal(DeliveryResult.Delivered, await Say("l" + i));
            Assert.Equal(DeliveryResult.Retry, await Say("k3"));
            world.Time.Advance(longer);
            Assert.Equal(DeliveryResult.Delivered, await Say("k3"));
        }
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task What_residents_wrote_leads_nowhere_and_calls_nobody(string server)
    {
        await using var world = await WeComWorld.Begin(servers.Connect(server));
        await using var group = world.Another(Robot);
        var robot = (IStaffChat)group.GetService(typeof(IStaffChat))!;
        await world.Chat.Say(world.Lake.Id, "k1", new StaffPost("<a href=\"http://x.invalid\">3栋</a>"), default);
        Assert.Equal("＜a href=\"http://x.invalid\">3栋＜/a>", Text(world.Platform.Delivered.First().Body.GetProperty("text"), "content"));
        await robot.Say(world.Lake.Id, "k2", new StaffPost("今天") { Lines = ["<@all> [3栋](http://x.invalid)"] }, default);
        Assert.Equal("**今天**\n> ＜@all> ［3栋］(http://x.invalid)", Text(world.Platform.RobotPosts.Single().Body.GetProperty("markdown"), "content"));
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task What_fits_into_a_field_is_a_setting(string server)
    {
        await using var world = await WeComWorld.Begin(
            servers.Connect(server), ("WeCom:Limits:AppCard:Title", "8"), ("WeCom:Limits:AppCard:Lines", "1"), ("WeCom:Limits:TextBytes", "64"), ("WeCom:Limits:CardCode", "01:00:00"));
        await world.Chat.Post(world.Card(), default);
        var card = world.Platform.Delivered.First().Body.GetProperty("template_card");
        Assert.Equal(("问题上报 26…", 1), (Text(card.GetProperty("main_title"), "title"), card.GetProperty("horizontal_content_list").GetArrayLength()));
        await world.Chat.Say(world.Lake.Id, "k", new StaffPost(new string('长', 100)), default);
        Assert.InRange(Encoding.UTF8.GetByteCount(Text(world.Platform.Delivered.Last().Body.GetProperty("text"), "content")), 60, 64);
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task A_group_hears_of_a_case_whose_card_nobody_could_receive(string server)
    {
        await using var world = await WeComWorld.Begin(servers.Connect(server), Robot);
        world.Platform.FailNext.Enqueue(81013);
        Assert.Equal(DeliveryResult.Delivered, (await world.Chat.Post(world.Card(), default)).Result);
        Assert.Empty(world.Platform.Delivered);
        Assert.Single(world.Platform.RobotPosts);
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task A_group_chat_is_made_kept_to_the_unit_and_shows_the_case(string server)
    {
        await using var world = await WeComWorld.Begin(servers.Connect(server), Chats);
        Assert.Equal(DeliveryResult.Delivered, (await world.Chat.Post(world.Card(), default)).Result);
        var chat = Assert.Single(world.Platform.Chats.All);
        Assert.Equal((world.Lake.Id.ToString("N"), "翠湖社区", 3), (chat.Key, chat.Value.Name, chat.Value.Members.Count));
        Assert.Equal("textcard", Assert.Single(world.Platform.Chats.Posts).Type);

        await using (var db = await world.Db())
        {
            db.Remove(db.UserLogins.Single(l => l.ProviderKey == "zhao"));
            world.Hire(db, "sun", "社工 孙", WuShe.Services.Common.Organisation.Role.SocialWorker, "sun");
            await db.SaveChangesAsync();
        }

        world.Platform.Directory.Members["sun"] = new("孙", [2]);
        await world.Chat.Say(world.Lake.Id, "k", new StaffPost("开会"), default);
        Assert.Equal(["li", "sun", "wangwei"], world.Platform.Chats.All.Single().Value.Members.Select(m => m.ToLowerInvariant()).Order());

        world.Platform.Chats.All.Clear();
        Assert.Equal(DeliveryResult.Retry, (await world.Chat.Say(world.Lake.Id, "k2", new StaffPost("还在吗"), default)).Result);
        Assert.Equal(DeliveryResult.Delivered, (await world.Chat.Say(world.Lake.Id, "k2", new StaffPost("还在吗"), default)).Result);
        Assert.Equal("还在吗", Text(world.Platform.Chats.Posts.Last().Body.GetProperty("text"), "content"));
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task A_robot_posts_twenty_a_minute_and_the_rest_in_one_digest(string server)
    {
        await using var world = await WeComWorld.Begin(servers.Connect(server), Robot);
        await using var other = world.Another(Robot);
        IStaffChat[] chats = [world.Chat, (IStaffChat)other.GetService(typeof(IStaffChat))!];
        var outcomes = new List<DeliveryOutcome>();
        for (var i = 0; i < 35; i++) outcomes.Add(await chats[i % 2].Say(world.Lake.Id, "k" + i, new StaffPost("消息" + i), default));
        Assert.Equal((20, 15), (outcomes.Count(o => o.Result == DeliveryResult.Delivered), outcomes.Count(o => o.Result == DeliveryResult.Retry)));
        Assert.Equal(20, world.Platform.RobotPosts.Count);

        foreach (var chat in chats) await chat.PostWaiting(default);
        Assert.Equal(20, world.Platform.RobotPosts.Count);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await Task.WhenAll(chats.Select(chat => chat.PostWaiting(default)));
        Assert.Equal(21, world.Platform.RobotPosts.Count);
        var digest = Text(world.Platform.RobotPosts.Last().Body.GetProperty("markdown"), "content");
        Assert.StartsWith("**15 条新消息**\n> 消息20\n> 消息21", digest, StringComparison.Ordinal);
        Assert.EndsWith("> 消息34", digest, StringComparison.Ordinal);

        // Whoever owed them hears that they have gone out.
        for (var i = 20; i < 35; i++) Assert.Equal(DeliveryResult.Delivered, (await chats[i % 2].Say(world.Lake.Id, "k" + i, new StaffPost("消息" + i), default)).Result);
        Assert.Equal(21, world.Platform.RobotPosts.Count);
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task A_digest_takes_what_fits_and_the_rest_follows(string server)
    {
        await using var world = await WeComWorld.Begin(servers.Connect(server), Robot, ("WeCom:RobotPostsPerMinute", "2"));
        for (var i = 0; i < 12; i++) await world.Chat.Say(world.Lake.Id, "k" + i, new StaffPost(i + new string('长', 400)), default);
        var digests = 0;
        for (; digests < 9 && world.Platform.RobotPosts.Count(p => p.Type == "markdown") == digests; digests++)
        {
            world.Time.Advance(TimeSpan.FromMinutes(1));
            await world.Chat.PostWaiting(default);
        }

        var lines = world.Platform.RobotPosts.Where(p => p.Type == "markdown").Select(p => Text(p.Body.GetProperty("markdown"), "content")).ToList();
        Assert.Equal(4, lines.Count);
        Assert.All(lines, text => Assert.InRange(Encoding.UTF8.GetByteCount(text), 1, 4096));
        Assert.Equal(10, lines.Sum(text => text.Split("\n> ").Length - 1));
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task A_robot_of_the_unit_goes_before_one_for_all(string server)
    {
        await using var world = await WeComWorld.Begin(
            servers.Connect(server), ("WeCom:Bots:all:WebhookUrl", "http://127.0.0.1:1/?key=x"), ("WeCom:Bots:lake:WebhookUrl", "{webhook}"), ("WeCom:Bots:lake:Unit", "翠湖社区"));
        Assert.Equal(DeliveryResult.Delivered, (await world.Chat.Post(world.Card(), default)).Result);
        var post = Assert.Single(world.Platform.RobotPosts);
        Assert.Equal("text_notice", Text(post.Body.GetProperty("template_card"), "card_type"));
        Assert.Equal(DeliveryResult.Retry, (await world.Chat.Say(world.Empty.Id, "k", new StaffPost("好"), default)).Result);
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task A_token_is_fetched_once_by_all_and_replaced_when_withdrawn(string server)
    {
        await using var world = await WeComWorld.Begin(servers.Connect(server));
        await using var other = world.Another();
        var tokens = new[] { world.Get<IWeComTokens>(), (IWeComTokens)other.GetService(typeof(IWeComTokens))! };
        var got = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => tokens[i % 2].Get(world.App, default)));
        Assert.Single(got.Distinct());
        Assert.Equal(1, world.Platform.Calls.Count(c => c == "GET /cgi-bin/gettoken"));

        world.Platform.KillTokens();
        Assert.Equal(DeliveryResult.Delivered, (await world.Chat.Say(world.Lake.Id, "k", new StaffPost("好"), default)).Result);
        Assert.Equal(2, world.Platform.TokensIssued);

        world.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(DeliveryResult.Delivered, (await world.Chat.Say(world.Lake.Id, "k2", new StaffPost("好"), default)).Result);
        Assert.Equal(3, world.Platform.TokensIssued);
    }

    [SkippableTheory]
    [InlineData(-1, DeliveryResult.Retry)]
    [InlineData(45009, DeliveryResult.Retry)]
    [InlineData(60020, DeliveryResult.Held)]
    [InlineData(503, DeliveryResult.Retry)]
    [InlineData(81013, DeliveryResult.Refused)]
    [InlineData(777777, DeliveryResult.Refused)]
    public async Task Platform_refusals_are_outcomes(int code, DeliveryResult result)
    {
        await using var world = await WeComWorld.Begin(servers.Connect("embedded"));
        world.Platform.FailNext.Enqueue(code);
        Assert.Equal(result, (await world.Chat.Say(world.Lake.Id, "k", new StaffPost("好"), default)).Result);
        Assert.Equal(DeliveryResult.Delivered, (await world.Chat.Say(world.Lake.Id, "k", new StaffPost("好"), default)).Result);
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
