using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Messages;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Residency;

namespace WuShe.Integrations.Tests.Databases;

public sealed class TransactionTests
{
    private static readonly ConversationId Somebody = new("web", "a1");

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task The_same_key_at_once_on_two_instances_acts_once(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        ITransactions[] instances = [.. Enumerable.Range(0, 2).Select(_ => database.Instance().GetRequiredService<ITransactions>())];

        for (var round = 0; round < 8; round++)
        {
            var key = new IdempotencyKey($"k{round}");
            var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => instances[i % 2].Once(key, (db, _) =>
            {
                db.Add(NewUnit($"{round}-{i}"));
                return Task.FromResult(new Result($"{round}-{i}", i));
            }, CancellationToken.None))));
            Assert.Single(results.Distinct());
            await using var check = database.Context();
            Assert.Equal(results[0].Name, (await check.Set<Unit>().SingleAsync(u => u.Name.StartsWith($"{round}-"))).Name);
        }
    }

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_known_key_answers_although_the_act_would_now_fail(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        var transactions = database.Instance().GetRequiredService<ITransactions>();
        var key = new IdempotencyKey("once");
        await transactions.Once(key, (_, _) => Task.FromResult("好的"), CancellationToken.None);

        Assert.Equal("好的", await transactions.Once<string>(key, (_, _) => throw new InvalidOperationException("closed"), CancellationToken.None));
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            transactions.Once<string>(new IdempotencyKey("other"), (_, _) => throw new InvalidOperationException("closed"), CancellationToken.None));
    }

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Many_writers_at_once_all_get_through(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        ITransactions[] instances = [.. Enumerable.Range(0, 2).Select(_ => database.Instance().GetRequiredService<ITransactions>())];

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => instances[i % 2].Once(new IdempotencyKey($"w{i}"), (db, _) =>
        {
            db.Add(NewUnit($"w{i}"));
            return Task.FromResult(i);
        }, CancellationToken.None))));

        await using var check = database.Context();
        Assert.Equal(200, await check.Set<Unit>().CountAsync());
    }

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Another_duplicate_is_the_callers_to_handle_and_leaves_nothing(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        var transactions = database.Instance().GetRequiredService<ITransactions>();
        var id = Guid.CreateVersion7();
        Task<int> Add(string key) => transactions.Once(new IdempotencyKey(key), (db, _) =>
        {
            db.Add(new Unit { Id = id, Level = UnitLevel.Room, Name = key });
            return Task.FromResult(1);
        }, CancellationToken.None);
        await Add("first");

        await Assert.ThrowsAsync<DbUpdateException>(() => Add("second"));

        await using var check = database.Context();
        Assert.Equal("first", (await check.Set<Unit>().SingleAsync()).Name);
    }

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task What_is_owed_is_saved_with_the_act_and_wakes_the_outbox(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        var instance = database.Instance();
        var (transactions, outbox) = (instance.GetRequiredService<ITransactions>(), instance.GetRequiredService<IOutbox>());
        Task<int> Owe(string unit) => transactions.Run((db, _) =>
        {
            db.Add(NewUnit(unit));
            outbox.Owe(db, Somebody, "told", "收到了");
            outbox.Owe(db, Somebody, "told", "收到了");
            return Task.FromResult(1);
        }, CancellationToken.None);

        await Owe("a");
        Assert.Equal(1, database.Wake.Outboxes);
        await Owe("b");

        await using var check = database.Context();
        Assert.Equal(2, await check.Set<Unit>().CountAsync());
        Assert.Equal(1, await check.Set<OutboxMessage>().CountAsync());
        Assert.Equal(database.Time.GetUtcNow(), (await check.Set<OutboxMessage>().SingleAsync()).DueAt);
    }

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task First_words_at_once_make_one_resident(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        var instance = database.Instance();
        var (transactions, residents) = (instance.GetRequiredService<ITransactions>(), instance.GetRequiredService<Residents>());

        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => transactions.Run(
            async (db, ct) => (await residents.Ensure(db, Somebody, ct)).Id, CancellationToken.None))));

        Assert.Single(ids.Distinct());
    }

    private static Unit NewUnit(string name) => new() { Id = Guid.CreateVersion7(), Level = UnitLevel.Room, Name = name };

    private sealed record Result(string Name, int Number);
}
