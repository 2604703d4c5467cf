using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs;
using WuShe.Services.Cases;
using WuShe.Services.Common.Messages;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.StaffChat;
using WuShe.Services.GroupChat;
using WuShe.Services.Tests.Cases;

namespace WuShe.Services.Tests.GroupChat;

/// <summary>What is done again and again in tests of groups.</summary>
internal static class GroupWorld
{
    private static readonly CancellationToken None = CancellationToken.None;

    public static Task<CaseWorld> Begin(string? postgres = null) => CaseWorld.Begin(postgres, instead: CaseWorld.InGroups);

    public static async Task<IReadOnlyList<GroupLine>> Lines(this CaseWorld world, int most = 40) =>
        (await world.Get<GroupPosts>().Read(world.Lake.Id, world.Li, most, None))!.Lines;

    public static async Task<StaffCard> OnlyCard(this CaseWorld world) => Assert.Single(await world.Lines()).Card!;

    /// <summary>Brings every card that is owed, as the outbox does; those that went before go once more where it says so.</summary>
    public static async Task Deliver(this CaseWorld world, bool again = false)
    {
        foreach (var row in (await world.Owed()).Where(row => row.To.StartsWith("staff.", StringComparison.Ordinal) && (again || row.FinishedAt is null)))
            await world.Get<CaseCards>().Deliver(ConversationId.Parse(row.To), row.Key, [new Message(CaseWorld.Words(row))], None);
        var now = world.Time.GetUtcNow();
        await using var db = world.CreateDbContext();
        await db.Set<OutboxMessage>().Where(m => m.FinishedAt == null && m.To.StartsWith("staff.")).ExecuteUpdateAsync(m => m.SetProperty(x => x.FinishedAt, now), None);
    }

    public static Task<GroupAnswer> Write(this CaseWorld world, StaffActor by, string words) =>
        world.Get<GroupPosts>().Write(world.Lake.Id, words, by, None);

    public static Task<GroupAnswer> Tap(this CaseWorld world, StaffActor by, string number) =>
        world.Get<GroupPosts>().Tap(world.Lake.Id, number, CaseCards.ClaimKey + number, by, None);

    public static async Task<List<GroupPost>> Stored(this CaseWorld world)
    {
        await using var db = world.CreateDbContext();
        return await db.Set<GroupPost>().AsNoTracking().OrderBy(p => p.Id).ToListAsync();
    }
}
