using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WuShe.Services.Cases;
using WuShe.Services.Common.Organisation;
using WuShe.Services.GroupChat;
using WuShe.Services.Tests.Cases;

namespace WuShe.Services.Tests.GroupChat;

/// <summary>A hundred want the case at once, on two instances: one has it, and ninety-nine are told who.</summary>
public sealed class FirstTapTests
{
    private const int People = 100;

    [Fact]
    public Task The_first_tap_wins() => Race(null);

    [SkippableFact]
    public async Task The_first_tap_wins_on_postgres()
    {
        Skip.If(CaseWorld.Postgres is null, "WUSHE_TEST_POSTGRES is not set");
        await Race(CaseWorld.Postgres);
    }

    private static async Task Race(string? postgres)
    {
        await using var world = await GroupWorld.Begin(postgres);
        await using var other = world.Another(CaseWorld.InGroups);
        var number = (await world.Open(world.Vacant.Id)).Number;
        await world.Deliver();
        var people = await Hire(world);
        GroupPosts[] instances = [world.Get<GroupPosts>(), other.GetRequiredService<GroupPosts>()];

        // Half of them tap, half of them write.
        var answers = await Task.WhenAll(people.Select((one, i) => Task.Run(() => i / 2 % 2 == 0
            ? instances[i % 2].Tap(world.Lake.Id, number, CaseCards.ClaimKey + number, one, CancellationToken.None)
            : instances[i % 2].Write(world.Lake.Id, "接 0001", one, CancellationToken.None))));

        await using var db = world.CreateDbContext();
        var owner = people.Single(p => p.Id == db.Set<Case>().Single().OwnerId);
        Assert.Equal("已接单，居民会收到通知。", answers[people.IndexOf(owner)].Words);
        var told = $"这件事现在由{owner.Name}办理（处理中）。";
        Assert.Equal(People - 1, answers.Count(a => a.Words == told));
        Assert.Single(await db.Set<CaseEvent>().Where(e => e.To == CaseState.Claimed).ToListAsync());

        await world.Deliver();
        Assert.Equal($"已由{owner.Name}接单", (await world.OnlyCard()).Done);
    }

    private static async Task<List<StaffActor>> Hire(CaseWorld world)
    {
        await using var db = world.CreateDbContext();
        var people = Enumerable.Range(1, People).Select(i => new StaffUser
        {
            Id = Guid.CreateVersion7(),
            UserName = $"g{i}",
            DisplayName = $"网格员 {i}号",
            Role = Role.Grid,
            UnitId = world.Lake.Id,
        }).ToList();
        db.AddRange(people);
        await db.SaveChangesAsync();
        return people.ConvertAll(p => new StaffActor(p.Id, p.DisplayName, p.Role, p.UnitId));
    }
}
