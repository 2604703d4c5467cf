using Microsoft.Extensions.DependencyInjection;
using WuShe.Dialogs;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Intake;
using WuShe.Services.Tests.Cases;

namespace WuShe.Services.Tests.Intake;

/// <summary>Forms as staff fill them in, at a desk of 翠湖.</summary>
internal static class Desk
{
    /// <summary>On SQLite, and on PostgreSQL where there is one.</summary>
    public static TheoryData<bool> Databases => [false, true];

    public static async Task<CaseWorld> Begin(bool postgres)
    {
        Skip.If(postgres && CaseWorld.Postgres is null, "WUSHE_TEST_POSTGRES names no PostgreSQL");
        var world = await CaseWorld.Begin(postgres ? CaseWorld.Postgres : null, instead: services => services.AddSingleton<ITurns, NoTurns>());
        await using var db = world.CreateDbContext();
        // Places are listed in the order of their ids.
        db.Add(new Building { Id = new Guid(1, 0, 0, new byte[8]), GridId = world.East.Id, Estate = "翠湖苑", Name = "3栋" });
        db.Add(new Building { Id = new Guid(2, 0, 0, new byte[8]), GridId = world.East.Id, Estate = "翠湖苑", Name = "5栋" });
        db.Add(new Building { Id = new Guid(3, 0, 0, new byte[8]), GridId = world.West.Id, Estate = "锦绣园", Name = "5栋" });
        await db.SaveChangesAsync();
        await world.Get<OrganisationMap>().Reload(CancellationToken.None);
        return world;
    }

    public static IntakeDraft Self(string phone = "138 0000 1234", string name = "王秀英") => new()
    {
        Name = name,
        Phone = phone,
        Category = "lighting",
        Place = "翠湖苑3栋2单元",
        Words = "楼道灯坏了三天了",
    };

    /// <summary>A neighbour calls, with the person's consent of half past eight, Beijing time.</summary>
    public static IntakeDraft ForNeighbour() => Self() with
    {
        Relation = IntakeRelation.Neighbour,
        Consented = true,
        Consent = ConsentGiver.Self,
        ConsentAt = new DateTime(2026, 3, 2, 8, 30, 0),
    };

    public static async Task<IntakeReceipt> Take(this CaseWorld world, IntakeDraft draft, StaffActor by)
    {
        var outcome = await world.Get<Intakes>().Submit(Guid.CreateVersion7(), draft, by, CancellationToken.None);
        Assert.True(outcome.Receipt is not null, outcome.Refusal + string.Join(' ', outcome.Problems));
        return outcome.Receipt;
    }

    /// <summary>Nobody talks here.</summary>
    private sealed class NoTurns : ITurns
    {
        public Task<TurnResult> Run(Turn turn, CancellationToken ct) => throw new NotSupportedException();

        public Task Settle(Turn turn, CancellationToken ct) => throw new NotSupportedException();
    }
}
