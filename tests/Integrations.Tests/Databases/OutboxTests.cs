using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WuShe.Dialogs;
using WuShe.Services.Common;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Messages;
using WuShe.Services.Common.Residency;

namespace WuShe.Integrations.Tests.Databases;

public sealed class OutboxTests
{
    private static readonly ConversationId Ann = new("web", "ann");
    private static readonly ConversationId Bob = new("web", "bob");

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Delivered_in_the_order_owed_and_once(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        var keys = Enumerable.Range(0, 20).Select(i => $"m{i}").ToArray();
        await Owe(database, Ann, keys);
        await Owe(database, Bob, "b1");

        await Deliver(database);
        await Deliver(database);

        Assert.Equal(keys, database.Channel.Told.Where(t => t.To == Ann.ToString()).Select(t => t.Key));
        Assert.Single(database.Channel.Told, t => t.To == Bob.ToString());
        await using var check = database.Context();
        Assert.All(await check.Set<OutboxMessage>().ToListAsync(), row => Assert.True(row.DeliveredAt is not null && row.Outcome == "fake" && row.Attempts == 1));
    }

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Two_instances_at_once_deliver_each_message_once_in_order(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        database.Channel.Meanwhile = async () => await Task.Yield();
        for (var person = 0; person < 12; person++)
            await Owe(database, new ConversationId("web", $"p{person}"), [.. Enumerable.Range(0, 6).Select(i => $"p{person}-{i}")]);

        var instances = Enumerable.Range(0, 3).Select(_ => database.Instance().GetRequiredService<DeliverOutbox>()).ToArray();
        await Task.WhenAll(instances.Select(i => Task.Run(() => i.Run(CancellationToken.None))));
        await Deliver(database);

        Assert.Equal(72, database.Channel.Told.Count);
        foreach (var person in database.Channel.Told.GroupBy(t => t.To))
            Assert.Equal(person.Select(t => t.Key).Order(StringComparer.Ordinal), person.Select(t => t.Key));
    }

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_busy_platform_is_tried_again_and_nothing_overtakes(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await Owe(database, Ann, "one", "two");
        database.Channel.Answer = (_, key) => key == "one" ? DeliveryOutcome.Retry("busy") : DeliveryOutcome.Delivered("fake");

        TimeSpan[] steps = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(1)];
        foreach (var step in steps)
        {
            await Deliver(database);
            Assert.Equal(database.Time.GetUtcNow() + step, database.Wake.Later.Last());
            database.Time.Advance(step - TimeSpan.FromSeconds(1));
            await Deliver(database);
            Assert.Empty(database.Channel.Told);
            database.Time.Advance(TimeSpan.FromSeconds(1));
        }
        database.Channel.Answer = (_, _) => DeliveryOutcome.Delivered("fake");
        await Deliver(database);

        Assert.Equal(["one", "two"], database.Channel.Told.Select(t => t.Key));
    }

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Given_up_after_two_days_but_kept(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await Owe(database, Ann, "one");
        database.Channel.Answer = (_, _) => DeliveryOutcome.Retry("down");
        for (var hours = 0; hours < 50; hours++)
        {
            await Deliver(database);
            database.Time.Advance(TimeSpan.FromHours(1));
        }
        await using var check = database.Context();
        var row = await check.Set<OutboxMessage>().SingleAsync();
        Assert.NotNull(row.FinishedAt);
        Assert.Null(row.DeliveredAt);
        Assert.Equal("down", row.Outcome);
    }

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Refused_goes_to_another_conversation_of_the_same_resident(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await SameResident(database, Ann, new ConversationId("wechat.main", "o1"));
        await Owe(database, Ann, "one");
        database.Channel.Answer = (to, _) => to.Channel == "web" ? DeliveryOutcome.Refused("gone") : DeliveryOutcome.Delivered("wechat");

        await Deliver(database);

        Assert.Equal("wechat.main:o1", database.Channel.Told.Single().To);
        await using var check = database.Context();
        Assert.Equal("wechat after gone", (await check.Set<OutboxMessage>().SingleAsync()).Outcome);
    }

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Refused_everywhere_waits_without_blocking_until_the_person_is_back(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await Owe(database, Ann, "one", "two");
        database.Channel.Answer = (_, key) => key == "one" ? DeliveryOutcome.Refused("left") : DeliveryOutcome.Delivered("fake");
        await Deliver(database);
        Assert.Equal(["two"], database.Channel.Told.Select(t => t.Key));

        database.Channel.Answer = (_, _) => DeliveryOutcome.Delivered("fake");
        await database.Instance().GetRequiredService<IFollowers>().Followed(Ann, CancellationToken.None);
        await Deliver(database);

        Assert.Equal(["two", "one"], database.Channel.Told.Select(t => t.Key));
    }

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Refused_messages_are_kept_for_working_days_and_come_in_order_when_the_person_writes(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        string[] keys = ["claim", "note", "close"];
        database.Channel.Answer = (_, _) => DeliveryOutcome.Refused("45015 reply window closed");
        foreach (var key in keys)
        {
            await Owe(database, Ann, key);
            for (var quarters = 0; quarters < 8; quarters++)
            {
                await Deliver(database);
                database.Time.Advance(TimeSpan.FromHours(6));
            }
        }
        await Deliver(database);

        database.Channel.Answer = (_, _) => DeliveryOutcome.Delivered("fake");
        await Deliver(database);
        var early = database.Channel.Told.Count;
        database.Channel.Meanwhile = async () => await Task.Yield();
        await database.Instance().GetRequiredService<IFollowers>().Spoke(Ann, CancellationToken.None);
        await Deliver(database);

        Assert.Equal(0, early);
        Assert.Equal(keys, database.Channel.Told.Select(t => t.Key));
    }

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task What_is_refused_for_half_a_year_is_given_up(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await Owe(database, Ann, "one");
        database.Channel.Answer = (_, _) => DeliveryOutcome.Refused("left");
        for (var days = 0; days <= 180; days++)
        {
            await Deliver(database);
            database.Time.Advance(TimeSpan.FromDays(1));
        }
        await Deliver(database);

        await using var check = database.Context();
        var row = await check.Set<OutboxMessage>().SingleAsync();
        Assert.NotNull(row.FinishedAt);
        Assert.InRange(row.Attempts, 170, 190);
    }

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Words_of_somebody_to_whom_nothing_was_refused_wake_nobody(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await Owe(database, Ann, "one");
        var before = database.Wake.Outboxes;

        await database.Instance().GetRequiredService<IFollowers>().Spoke(Bob, CancellationToken.None);

        Assert.Equal(before, database.Wake.Outboxes);
    }

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_channel_can_see_whether_its_words_would_overtake_others(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        var owed = database.Instance().GetRequiredService<IOwedReplies>();
        await Owe(database, Ann, "one");
        Assert.True(await owed.IsBehind(Ann, CancellationToken.None));
        Assert.False(await owed.IsBehind(Bob, CancellationToken.None));

        database.Channel.Answer = (_, _) => DeliveryOutcome.Refused("left");
        await Deliver(database);
        Assert.False(await owed.IsBehind(Ann, CancellationToken.None));
    }

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_worker_that_dies_leaves_the_message_to_another_after_the_lease(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await Owe(database, Ann, "one");
        using var dies = new CancellationTokenSource();
        database.Channel.Meanwhile = async () => { await dies.CancelAsync(); dies.Token.ThrowIfCancellationRequested(); };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => database.Instance().GetRequiredService<DeliverOutbox>().Run(dies.Token));
        database.Channel.Meanwhile = null;

        await Deliver(database);
        Assert.Empty(database.Channel.Told);
        database.Time.Advance(OutboxQueue.Lease);
        await Deliver(database);
        Assert.Single(database.Channel.Told);
    }

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_dialog_opens_when_due_with_the_same_message_id_on_every_try(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        var instance = database.Instance();
        var due = database.Time.GetUtcNow() + TimeSpan.FromHours(1);
        await instance.GetRequiredService<ITransactions>().Run((db, _) =>
        {
            instance.GetRequiredService<IOutbox>().OweDialog(db, Ann, "rate:1", "rate-case", "261123-0001", due);
            return Task.FromResult(1);
        }, CancellationToken.None);
        Assert.Equal(due, database.Wake.Later.Single());
        await Owe(database, Ann, "later owed");

        await Deliver(database);
        Assert.Equal(["later owed"], database.Channel.Told.Select(t => t.Key));
        Assert.Empty(database.Turns.Ran);

        database.Time.Advance(TimeSpan.FromHours(1));
        database.Channel.Answer = (_, _) => DeliveryOutcome.Retry("busy");
        await Deliver(database);
        database.Channel.Answer = (_, _) => DeliveryOutcome.Delivered("fake");
        database.Time.Advance(TimeSpan.FromSeconds(5));
        await Deliver(database);

        Assert.Equal(("web:ann", "rate:1", "re:rate-case"), database.Channel.Told.Last());
        Assert.Equal(2, database.Turns.Ran.Count);
        Assert.Single(database.Turns.Ran.Select(t => t.MessageId).Distinct());
        Assert.All(database.Turns.Ran, t => Assert.True(t.Owes && t.Input.Argument == "261123-0001"));
        Assert.Equal(2, database.Turns.Settled.Count);
    }

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Interrupted_turns_are_answered_once_and_settled(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        var job = database.Instance().GetRequiredService<FinishInterruptedTurns>();
        database.Turns.LeftUnfinished.AddRange(
        [
            new Turn(Ann, "poison", Input.Say("x")), new Turn(Ann, "m1", Input.Say("你好")),
            new Turn(Bob, "outbox:rate:1", Input.Open("rate-case", "1")),
        ]);
        database.Turns.Replies = turn => turn.MessageId == "poison" ? throw new TimeoutException() : [new Message("您好"), new Message("请说")];

        await job.Run(CancellationToken.None);
        await Deliver(database);
        database.Turns.LeftUnfinished.Add(new Turn(Ann, "m1", Input.Say("你好")));
        await job.Run(CancellationToken.None);
        await Deliver(database);

        Assert.Equal(["您好", "请说"], database.Channel.Told.Select(t => t.Text));
        Assert.Equal("turn:web:ann:m1", database.Channel.Told.First().Key);
        Assert.Equal("poison", database.Turns.LeftUnfinished.Single().MessageId);
        Assert.DoesNotContain(database.Turns.Ran, t => t.MessageId.StartsWith("outbox:", StringComparison.Ordinal));
    }

    private static async Task Owe(TestDatabase database, ConversationId to, params string[] keys)
    {
        var instance = database.Instance();
        await instance.GetRequiredService<ITransactions>().Run((db, _) =>
        {
            foreach (var key in keys) instance.GetRequiredService<IOutbox>().Owe(db, to, key, $"消息 {key}");
            return Task.FromResult(1);
        }, CancellationToken.None);
    }

    private static async Task SameResident(TestDatabase database, ConversationId one, ConversationId other)
    {
        var instance = database.Instance();
        await instance.GetRequiredService<ITransactions>().Run(async (db, ct) =>
        {
            var resident = await instance.GetRequiredService<Residents>().Ensure(db, one, ct);
            db.Add(new ResidentConversation { Conversation = other.ToString(), Channel = other.Channel, ResidentId = resident.Id });
            return 1;
        }, CancellationToken.None);
    }

    private static Task Deliver(TestDatabase database) =>
        database.Instance().GetRequiredService<DeliverOutbox>().Run(CancellationToken.None);
}
