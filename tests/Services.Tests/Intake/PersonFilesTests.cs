using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Cases;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Residency;
using WuShe.Services.Intake;
using WuShe.Services.Tests.Cases;

namespace WuShe.Services.Tests.Intake;

/// <summary>Everything of one person: who sees it, who may look behind the mask, and what is written down of that.</summary>
public sealed class PersonFilesTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    public static TheoryData<bool> Databases => Desk.Databases;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task A_look_needs_a_case_in_hand_and_a_reason_and_is_written_down_for_leads(bool postgres)
    {
        await using var world = await Desk.Begin(postgres);
        var files = world.Get<PersonFiles>();
        var receipt = await world.Take(Desk.ForNeighbour(), world.Li);
        var file = (await files.OfCase(receipt.Number, world.Wang, None))!;
        var person = Assert.Single(file.Known);
        Assert.Equal(("王*", "138****1234", "社工 李"), (person.Name, person.Phone, person.CreatedBy));
        Assert.Equal((receipt.Number, IntakeWay.Phone, IntakeRelation.Neighbour, ConsentGiver.Self), Taken(Assert.Single(file.Taken)));
        Assert.Null(file.Looks);

        // The social worker sees the page, but has not the case in hand.
        Assert.False((await files.Open(file.Resident, world.Li, None))!.Cases.MayReveal);
        Task<Revealed> Look(StaffActor by, string why, PersonField field = PersonField.Phone) => files.Reveal(file.Resident, person.Id, field, why, by, None);
        Assert.Equal(new Revealed(null, PersonFiles.NotAllowed), await Look(world.Li, "回电话"));
        Assert.Equal(new Revealed(null, "请先写为什么要看，比如“回电话”。"), await Look(world.Wang, " "));
        Assert.Null((await Look(world.Wang, new string('长', 101))).Words);
        foreach (var outsider in new[] { world.Chen, world.Stranger })
        {
            Assert.Null(await files.OfCase(receipt.Number, outsider, None));
            Assert.Null(await files.Open(file.Resident, outsider, None));
            Assert.Null((await Look(outsider, "回电话")).Words);
        }
        Assert.Null((await files.Reveal(file.Resident, Guid.CreateVersion7(), PersonField.Phone, "回电话", world.Sun, None)).Words);
        Assert.Empty((await files.Open(file.Resident, world.Sun, None))!.Looks!);

        Assert.Equal("13800001234", (await Look(world.Wang, "回电话")).Words);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("王秀英", (await Look(world.Sun, "核对", PersonField.Name)).Words);
        Assert.Equal(
            [("站长 孙", PersonField.Name, "核对"), ("网格员 王", PersonField.Phone, "回电话")],
            (await files.Open(file.Resident, world.Sun, None))!.Looks!.Select(look => (look.Who, look.Field, look.Why)));
    }

    [Fact]
    public async Task Who_has_closed_a_case_may_look_for_seven_days_and_no_longer()
    {
        await using var world = await Desk.Begin(postgres: false);
        var files = world.Get<PersonFiles>();
        var receipt = await world.Take(Desk.Self(), world.Li);
        await world.Work.Claim(receipt.Number, world.Wang, None);
        await world.Work.Close(receipt.Number, world.Wang, "换好了", [], None);
        world.Time.Advance(TimeSpan.FromDays(6));
        Assert.True((await files.OfCase(receipt.Number, world.Wang, None))!.Cases.MayReveal);
        world.Time.Advance(TimeSpan.FromDays(2));
        Assert.False((await files.OfCase(receipt.Number, world.Wang, None))!.Cases.MayReveal);
        Assert.True((await files.OfCase(receipt.Number, world.Sun, None))!.Cases.MayReveal);
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Joined_chats_are_one_person_and_other_units_cases_are_only_counted(bool postgres)
    {
        await using var world = await Desk.Begin(postgres);
        var brocade = new Grid { Id = Guid.CreateVersion7(), RoomId = world.Brocade.Id, Name = "锦绣一" };
        await using (var db = world.CreateDbContext())
        {
            db.Add(brocade);
            await db.SaveChangesAsync();
        }
        await world.Get<OrganisationMap>().Reload(None);
        var taken = await world.Take(Desk.Self(), world.Li);
        var chat = await world.Open(world.East.Id, "r1");
        var elsewhere = await world.Open(brocade.Id, "r1");
        await world.Open(world.East.Id, "r2");
        await world.Work.Claim(chat.Number, world.Wang, None);
        await world.Work.Close(chat.Number, world.Wang, "好了", [], None);
        await world.Cases.Rate(chat.Number, Satisfaction.Satisfied, "很快", CaseWorld.Resident(), new IdempotencyKey("rate"), None);
        await world.Get<ITransactions>().Run(async (db, ct) =>
        {
            var intake = Intakes.ConversationOf((await db.Set<IntakePerson>().AsNoTracking().SingleAsync(ct)).Id);
            return await world.Get<Residents>().Join(db, intake, CaseWorld.Resident().Conversation, ct);
        }, None);

        var file = (await world.Get<PersonFiles>().OfCase(taken.Number, world.Li, None))!;
        Assert.Equal([taken.Number, chat.Number], file.Cases.Cases.Select(one => one.Number).Order());
        Assert.Equal(("满意", "很快"), file.Cases.Cases.Where(one => one.Number == chat.Number).Select(one => (one.Rating, one.RatingWords)).Single());
        Assert.Equal((1, 1), (file.Cases.Elsewhere, file.Known.Count));
        Assert.Equal(file.Resident, (await world.Get<PersonFiles>().OfCase(chat.Number, world.Wang, None))!.Resident);
        Assert.Equal(0, (await world.Get<PersonFiles>().OfCase(elsewhere.Number, world.Sun, None))!.Cases.Elsewhere);
    }

    [Fact]
    public async Task What_cannot_be_read_any_more_says_so_and_a_new_number_is_taken_all_the_same()
    {
        await using var world = await Desk.Begin(postgres: false);
        var receipt = await world.Take(Desk.Self(), world.Li);
        await using (var db = world.CreateDbContext())
        {
            await db.Set<IntakePerson>().ExecuteUpdateAsync(set => set.SetProperty(p => p.Name, "x").SetProperty(p => p.Phone, "x"));
            await db.Set<PhoneSecret>().ExecuteUpdateAsync(set => set.SetProperty(s => s.Secret, "x"));
        }
        var file = (await world.Get<PersonFiles>().OfCase(receipt.Number, world.Sun, None))!;
        Assert.Equal(("读不出来", "读不出来"), (file.Known[0].Name, file.Known[0].Phone));
        Assert.Contains("读不出来", (await world.Get<PersonFiles>().Reveal(file.Resident, file.Known[0].Id, PersonField.Phone, "回电话", world.Sun, None)).Refusal, StringComparison.Ordinal);
        Assert.Empty((await world.Get<PersonFiles>().OfCase(receipt.Number, world.Sun, None))!.Looks!);
        await using var another = world.Another();
        Assert.NotNull((await another.GetRequiredService<Intakes>().Submit(Guid.CreateVersion7(), Desk.Self(), world.Li, None)).Receipt);
    }

    private static (string, IntakeWay, IntakeRelation, ConsentGiver) Taken(TakenReport report) => (report.CaseNumber, report.Way, report.Relation, report.Consent);
}
