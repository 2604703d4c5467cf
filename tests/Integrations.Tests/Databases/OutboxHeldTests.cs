using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using WuShe.Dialogs;
using WuShe.Fakes;
using WuShe.Integrations.Tests.Redis;
using WuShe.Integrations.WeChat;
using WuShe.Services.Common;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Messages;
using WuShe.Services.Common.Residency;

namespace WuShe.Integrations.Tests.Databases;

/// <summary>Messages owed while a channel stands still, and to people who have left it.</summary>
public sealed class OutboxHeldTests(RedisServers servers) : IClassFixture<RedisServers>
{
    private static readonly ConversationId Ann = new("wechat.main", "oAnn_ABCDEFGHIJKLMNOPQRSTUVWX");

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task What_a_standing_channel_holds_is_never_given_up_and_keeps_its_order(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await Owe(database, "one", "two");
        database.Channel.Answer = (_, _) => DeliveryOutcome.Held(database.Time.GetUtcNow().AddHours(1), "48004 account banned");
        for (var hour = 0; hour < 100; hour++)
        {
            await Deliver(database);
            Assert.Equal(database.Time.GetUtcNow().AddHours(1), database.Wake.Later.Last());
            database.Time.Advance(TimeSpan.FromHours(1));
        }

        // The first tries afterwards meet a busy platform, long after the time after which a failing one is given up.
        database.Channel.Answer = (_, _) => DeliveryOutcome.Retry("-1 platform busy");
        for (var tries = 0; tries < BackOffLeastTries - 1; tries++)
        {
            await Deliver(database);
            database.Time.Advance(TimeSpan.FromMinutes(10));
        }

        database.Channel.Answer = (_, _) => DeliveryOutcome.Delivered("fake");
        await Deliver(database);
        Assert.Equal(["one", "two"], database.Channel.Told.Select(t => t.Key));
    }

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_refused_message_stays_refused_while_the_channel_stands_still(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await Owe(database, "one");
        database.Channel.Answer = (_, _) => DeliveryOutcome.Refused("45015 reply window closed");
        await Deliver(database);
        database.Channel.Answer = (_, _) => DeliveryOutcome.Held(database.Time.GetUtcNow().AddMinutes(1), "45011 too many calls this minute");
        database.Time.Advance(TimeSpan.FromHours(6));
        await Deliver(database);

        await using var db = database.Context();
        var row = await db.Set<OutboxMessage>().SingleAsync();
        Assert.True(row is { Parked: true, FinishedAt: null });
        // Not the first to try when the channel may speak again: it may be what made it stop.
        Assert.Equal(database.Time.GetUtcNow().AddHours(6), row.NextAttemptAt);
        await database.Instance().GetRequiredService<IFollowers>().Followed(Ann, default);
        database.Channel.Answer = (_, _) => DeliveryOutcome.Delivered("fake");
        await Deliver(database);
        Assert.Single(database.Channel.Told);
    }

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Who_has_left_is_told_elsewhere_without_asking_the_channel(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        var asked = new List<string>();
        database.Channel.Answer = (to, _) =>
        {
            asked.Add(to.Channel);
            return DeliveryOutcome.Delivered("fake");
        };
        var followers = database.Instance().GetRequiredService<IFollowers>();
        await followers.Unfollowed(Ann, default);
        await using (var db = database.Context())
        {
            var resident = (await db.Set<ResidentConversation>().SingleAsync()).ResidentId;
            db.Add(new ResidentConversation { Conversation = "web:ann", Channel = "web", ResidentId = resident });
            await db.SaveChangesAsync();
        }

        await Owe(database, "one");
        await Deliver(database);
        Assert.Equal(["web"], asked);

        await followers.Followed(Ann, default);
        await Owe(database, "two");
        await Deliver(database);
        Assert.Equal(["web", "wechat.main"], asked);
    }

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Who_could_not_be_reached_and_writes_is_told_there_again(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        database.Channel.Answer = (_, _) => DeliveryOutcome.Delivered("fake");
        var followers = database.Instance().GetRequiredService<IFollowers>();
        await followers.CannotBeReached(Ann, default);
        await using (var db = database.Context())
        {
            db.Add(new ResidentConversation { Conversation = "web:ann", Channel = "web", ResidentId = (await db.Set<ResidentConversation>().SingleAsync()).ResidentId });
            await db.SaveChangesAsync();
        }

        await Owe(database, "one");
        await Deliver(database);
        await followers.Spoke(Ann, default);
        await Owe(database, "two");
        await Deliver(database);
        Assert.Equal(["web:ann", Ann.ToString()], database.Channel.Told.Select(told => told.To));
    }

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Who_was_thought_to_have_left_and_is_reached_all_the_same_is_back(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await database.Instance().GetRequiredService<IFollowers>().Unfollowed(Ann, default);
        await Owe(database, "one");
        await Deliver(database);
        Assert.Empty(database.Channel.Told);
        database.Time.Advance(TimeSpan.FromHours(6));
        await Deliver(database);
        Assert.Single(database.Channel.Told);
        await using var db = database.Context();
        Assert.True((await db.Set<ResidentConversation>().SingleAsync()).Following);
    }

    [SkippableTheory]
    [InlineData("embedded")]
    [InlineData("redis-server")]
    public async Task With_errors_and_lost_answers_every_message_arrives_in_order(string server)
    {
        await using var database = await TestDatabase.Create(Engine.Sqlite);
        var appId = "wx" + Guid.NewGuid().ToString("N")[..16];
        await using var platform = await FakeWeChat.Start(appId, "secret", database.Time);
        var redis = servers.Connect(server);
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["WeChat:Accounts:main:AppId"] = appId,
            ["WeChat:Accounts:main:AppSecret"] = "secret",
            ["WeChat:Accounts:main:Token"] = "QDG6eK",
            ["WeChat:Accounts:main:ApiBaseUrl"] = platform.BaseUrl,
        }).Build();
        var instance = database.Instance(more: services =>
        {
            services.Remove(services.First(s => s.ServiceType == typeof(IChannel)));
            services.Remove(services.First(s => s.ServiceType == typeof(IMediaSource)));
            services.AddSingleton(redis).AddSingleton<IPublicUrl>(new WeChat.FixedPublicUrl()).AddWeChat(settings);
        });

        string[] people = [.. Enumerable.Range(0, 30).Select(i => $"oPerson_{i:D20}")];
        foreach (var person in people) platform.Spoke(person, allowed: 1000);
        await instance.GetRequiredService<ITransactions>().Run((db, _) =>
        {
            var outbox = instance.GetRequiredService<IOutbox>();
            foreach (var person in people)
                for (var i = 0; i < 10; i++) outbox.Owe(db, new ConversationId("wechat.main", person), $"{appId}-{person}-{i}", new Message($"{i}"));
            return Task.FromResult(true);
        }, default);

        platform.Faults.Usual(seed: 7);
        platform.Faults.Codes = [-1, 503, 45011, 42001];
        platform.Faults.Delays = 0;
        for (var sweep = 0; sweep < 60 && await Left(database) > 0; sweep++)
        {
            await instance.GetRequiredService<DeliverOutbox>().Run(default);
            database.Time.Advance(TimeSpan.FromMinutes(2));
        }

        Assert.Equal(0, await Left(database));
        Assert.Contains(platform.Log, call => call.Fault == WeChatFault.LostAnswer);
        Assert.Contains(platform.Log, call => call.Code == 45011);
        // What arrived and lost its answer comes again; nothing is missing and nothing overtakes.
        foreach (var person in people)
            Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i}"), platform.Delivered.Where(d => d.OpenId == person).Select(d => d.Text).Distinct());
    }

    private const int BackOffLeastTries = 5;

    private static async Task<int> Left(TestDatabase database)
    {
        await using var db = database.Context();
        return await db.Set<OutboxMessage>().CountAsync(m => m.DeliveredAt == null);
    }

    private static async Task Owe(TestDatabase database, params string[] keys)
    {
        var instance = database.Instance();
        await instance.GetRequiredService<ITransactions>().Run((db, _) =>
        {
            foreach (var key in keys) instance.GetRequiredService<IOutbox>().Owe(db, Ann, key, new Message(key));
            return Task.FromResult(true);
        }, default);
    }

    private static Task Deliver(TestDatabase database) => database.Instance().GetRequiredService<DeliverOutbox>().Run(default);
}
