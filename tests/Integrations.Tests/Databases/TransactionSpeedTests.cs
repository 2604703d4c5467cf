using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Messages;
using WuShe.Services.Common.Organisation;
using Xunit.Abstractions;

namespace WuShe.Integrations.Tests.Databases;

public sealed class TransactionSpeedTests(ITestOutputHelper output)
{
    /// <summary>A loose floor that a look-up too many or a lock held too long would break; the numbers are for the reader.</summary>
    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Acts_with_an_owed_message_per_second(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        var instance = database.Instance(TimeProvider.System);
        var (transactions, outbox) = (instance.GetRequiredService<ITransactions>(), instance.GetRequiredService<IOutbox>());
        async Task Acts(string name, int count) => await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (i, ct) => await transactions.Once(new IdempotencyKey($"{name}{i}"), (db, _) =>
            {
                db.Add(new Unit { Id = Guid.CreateVersion7(), Level = UnitLevel.Room, Name = $"{name}{i}" });
                outbox.Owe(db, new ConversationId("web", $"{i}"), $"{name}{i}", "已受理");
                return Task.FromResult(i);
            }, ct));
        await Acts("warm", 500);

        var (clock, cpu) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
        await Acts("run", 1000);
        var perSecond = 1000 / clock.Elapsed.TotalSeconds;
        var milliseconds = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMilliseconds / 1000;

        output.WriteLine($"{engine}: {perSecond:0} acts/s, {milliseconds:0.00} ms of CPU each");
        Assert.True(perSecond > 20);
    }
}
