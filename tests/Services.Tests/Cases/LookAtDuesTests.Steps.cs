using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Cases;
using WuShe.Services.Common.Calendar;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Messages;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Tests.Cases;

// What its stories are made of.
public sealed partial class LookAtDuesTests
{
    internal static DateTimeOffset Beijing(int march, int hour, int minute) => new DateTimeOffset(2026, 3, march, hour, minute, 0, TimeSpan.FromHours(8)).ToUniversalTime();

    internal static Task Look(CaseWorld world) => world.Get<LookAtDues>().Run(None);

    internal static async Task<IReadOnlyList<string>> Rows(CaseWorld world)
    {
        await using var db = world.CreateDbContext();
        return [.. (await db.Set<CaseDue>().AsNoTracking().OrderBy(d => d.Kind).ToListAsync()).Select(d => $"{d.Kind} {BeijingTime.At(d.DueAt):MM-dd HH:mm}")];
    }

    internal static async Task ToNext(CaseWorld world)
    {
        await using var db = world.CreateDbContext();
        var next = await db.Set<CaseDue>().Select(d => d.DueAt).MinAsync();
        world.Time.Advance(next - world.Time.GetUtcNow());
        await Look(world);
    }

    internal static async Task Until(CaseWorld world, int march, int hour, int minute, bool job = true)
    {
        world.Time.Advance(Beijing(march, hour, minute) - world.Time.GetUtcNow());
        if (job) await Look(world);
    }

    internal static async Task<Case> Stored(CaseWorld world, string? number = null)
    {
        await using var db = world.CreateDbContext();
        return await db.Set<Case>().AsNoTracking().Include(c => c.Log.OrderBy(e => e.Seq)).Where(c => number == null || c.Number == number).OrderBy(c => c.Number).FirstAsync();
    }

    internal static async Task<List<string>> Notices(CaseWorld world, StaffActor actor) =>
        [.. (await world.Work.Notices(actor, None)).Where(n => !n.Words.StartsWith("新的", StringComparison.Ordinal)).Select(n => n.Words)];

    internal static NewCase New(CaseWorld world) => new("问题上报", "公共照明：路灯不亮", "路灯不亮", new Spot("3栋", world.East.Id, 29.5, 106.5), 3, []);

    /// <summary>A case that its worker has claimed and said something about.</summary>
    internal static async Task<string> Working(CaseWorld world)
    {
        var number = (await world.Open(world.East.Id)).Number;
        await world.Work.Claim(number, world.Wang, None);
        await world.Work.Note(number, world.Wang, "约了电工", [], None);
        return number;
    }

    private static async Task<string> Urgent(CaseWorld world, TimeSpan within) =>
        (await world.Cases.Open(New(world) with { Within = within }, CaseWorld.Resident(), new IdempotencyKey("urgent"), None)).Number;

    /// <summary>Does everything but the commit.</summary>
    private sealed class Dying(ITransactions inner) : ITransactions
    {
        public Task<T> Once<T>(IdempotencyKey key, Func<CommunityDb, CancellationToken, Task<T>> act, CancellationToken ct) => throw new NotSupportedException();

        public Task<T> Run<T>(Func<CommunityDb, CancellationToken, Task<T>> act, CancellationToken ct) => inner.Run<T>(async (db, token) =>
        {
            await act(db, token);
            throw new InvalidOperationException("The process died.");
        }, ct);
    }

    private static async Task<List<string>> ToResident(CaseWorld world) =>
        [.. (await world.Owed()).Where(row => row.To.StartsWith("web", StringComparison.Ordinal)).Select(CaseWorld.Words)];
}
