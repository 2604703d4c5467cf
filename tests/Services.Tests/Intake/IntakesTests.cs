using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WuShe.Dialogs;
using WuShe.Services.Cases;
using WuShe.Services.Common.Messages;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Intake;
using WuShe.Services.Tests.Cases;

namespace WuShe.Services.Tests.Intake;

/// <summary>Reports by telephone, at the window and from paper.</summary>
public sealed class IntakesTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    public static TheoryData<bool> Databases => Desk.Databases;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task A_form_opens_a_case_with_consent_and_is_kept_encrypted(bool postgres)
    {
        await using var world = await Desk.Begin(postgres);
        var receipt = await world.Take(Desk.ForNeighbour() with { Urgent = true }, world.Li);
        Assert.Equal("收到了，编号 260302-0001。由网格员 王负责，3月2日（周一）前给您答复。", receipt.Words);

        var line = Assert.Single((await world.Work.Inbox(world.Wang, new CaseFilter(CaseShelf.Waiting), None)).Lines);
        Assert.Equal((receipt.Number, "电话代录", "公共照明：楼道灯坏了三天了", "翠湖苑3栋2单元"), (line.Number, line.Kind, line.Title, line.Place));
        Assert.Equal(world.Time.GetUtcNow() + TimeSpan.FromHours(2), line.DueAt);

        await using var db = world.CreateDbContext();
        var person = await db.Set<IntakePerson>().SingleAsync();
        var entry = await db.Set<IntakeEntry>().SingleAsync();
        Assert.Equal((IntakeWay.Phone, IntakeRelation.Neighbour, ConsentGiver.Self, world.Li.Id), (entry.Way, entry.Relation, entry.Consent, entry.TakenById));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 0, 30, 0, TimeSpan.Zero), entry.ConsentAt);
        Assert.Equal($"intake:{person.Id:N}", (await db.Set<Case>().SingleAsync()).Reporter);
        var kept = $"{person.Name} {person.Phone} {person.PhoneKey}";
        foreach (var clear in new[] { "王秀英", "13800001234", "1234" }) Assert.DoesNotContain(clear, person.Name + person.PhoneKey, StringComparison.Ordinal);
        Assert.DoesNotContain("13800001234", kept, StringComparison.Ordinal);
        Assert.Equal(("王秀英", "13800001234"), (world.Get<PersonalData>().Read(person.Name), world.Get<PersonalData>().Read(person.Phone)));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task A_form_is_one_report_however_often_and_wherever_it_is_sent(bool postgres)
    {
        await using var world = await Desk.Begin(postgres);
        await using var another = world.Another();
        var form = Guid.CreateVersion7();
        var desks = new[] { world.Get<Intakes>(), another.GetRequiredService<Intakes>(), world.Get<Intakes>() };
        var outcomes = await Task.WhenAll(desks.Select(desk => desk.Submit(form, Desk.Self(), world.Li, None)));
        var again = await world.Get<Intakes>().Submit(form, Desk.Self() with { Words = "" }, world.Li, None);
        Assert.Single(outcomes.Append(again).Select(outcome => outcome.Receipt).Distinct());
        Assert.Equal(again.Receipt, await world.Get<Intakes>().Receipt(form, world.Li, None));

        await using var db = world.CreateDbContext();
        Assert.Equal((1, 1, 1), (await db.Set<Case>().CountAsync(), await db.Set<IntakePerson>().CountAsync(), await db.Set<IntakeEntry>().CountAsync()));
        Assert.Null(await world.Get<Intakes>().Receipt(form, world.Wang, None));
        Assert.NotEqual("", (await world.Get<Intakes>().Submit(form, Desk.Self(), world.Wang, None)).Refusal);
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Whoever_calls_again_from_the_same_number_is_the_same_person(bool postgres)
    {
        await using var world = await Desk.Begin(postgres);
        await using var another = world.Another();
        await world.Take(Desk.Self(), world.Li);
        Assert.NotNull((await another.GetRequiredService<Intakes>().Submit(Guid.CreateVersion7(), Desk.Self("+86 13800001234", "李建国"), world.Wang, None)).Receipt);
        await world.Take(Desk.Self("13900001234"), world.Li);
        await world.Take(Desk.Self("", ""), world.Li);
        await world.Take(Desk.Self("", ""), world.Li);

        await using var db = world.CreateDbContext();
        Assert.Equal([2, 1, 1, 1], (await db.Set<Case>().ToListAsync()).GroupBy(one => one.Reporter).Select(group => group.Count()).OrderDescending());
        var names = (await db.Set<IntakePerson>().ToListAsync()).Select(person => world.Get<PersonalData>().Read(person.Name));
        Assert.Contains("王秀英、李建国", names);
    }

    [Fact]
    public async Task What_is_missing_is_said_at_its_field_and_nothing_is_kept()
    {
        await using var world = await Desk.Begin(postgres: false);
        var later = new DateTime(2026, 3, 2, 10, 0, 0);
        (IntakeDraft Draft, string Field, string Words)[] wrong =
        [
            (Desk.Self() with { Words = " \n" }, "Words", "请写下反映的是什么事。"),
            (Desk.Self() with { Phone = "1380000" }, "Phone", "电话号码不对。手机号是 11 位；座机号 7 到 8 位，可以带区号，比如 0571-87654321。"),
            (Desk.Self() with { Name = new string('王', 21) }, "Name", "姓名太长了，最多 20 个字。"),
            (Desk.Self() with { Name = "王、李" }, "Name", "请只写一个人的姓名，写在一行里。"),
            (Desk.Self() with { Category = "" }, "Category", "请选一个类别。"),
            (Desk.Self() with { Place = " " }, "Place", "请写在什么位置，或者选一个网格。"),
            (Desk.Self() with { Place = "歪脖子树" }, "Place", "没有找到“歪脖子树”这个地方。请换个说法，或者在下面选一个网格。"),
            (Desk.Self() with { Place = "5栋" }, "Place", "“5栋”有几处：翠湖苑5栋、锦绣园5栋。请写清楚是哪一处，或者选一个网格。"),
            (Desk.Self() with { GridId = Guid.CreateVersion7() }, "Place", "没有这个网格，请重新选。"),
            (Desk.ForNeighbour() with { Consented = false }, "Consented", "替别人反映，要先问过本人。同意了再打勾；不同意就不要登记。"),
            (Desk.ForNeighbour() with { Consent = ConsentGiver.None }, "Consent", "请选是谁说的同意。"),
            (Desk.ForNeighbour() with { ConsentAt = null }, "ConsentAt", "请写是什么时候同意的。"),
            (Desk.ForNeighbour() with { ConsentAt = later }, "ConsentAt", "同意的时间还没有到，请再看看。"),
        ];
        foreach (var (draft, field, words) in wrong)
        {
            var outcome = await world.Get<Intakes>().Submit(Guid.CreateVersion7(), draft, world.Li, None);
            Assert.Equal(new IntakeProblem(field, words), Assert.Single(outcome.Problems));
            Assert.Equal(outcome.Problems, (await world.Get<Intakes>().Check(draft, world.Li, None))!.Problems);
        }
        await using var db = world.CreateDbContext();
        Assert.False(await db.Set<IntakePerson>().AnyAsync() || await db.Set<IntakeEntry>().AnyAsync() || await db.Set<Case>().AnyAsync());
    }

    [Fact]
    public async Task A_grid_chosen_by_hand_decides_and_the_words_say_where_in_it()
    {
        await using var world = await Desk.Begin(postgres: false);
        await world.Take(Desk.Self() with { Place = "5栋", GridId = world.West.Id }, world.Li);
        await world.Take(Desk.Self() with { Place = "歪脖子树", GridId = world.East.Id }, world.Li);
        await world.Take(Desk.Self() with { Place = "", GridId = world.East.Id }, world.Li);
        await world.Take(Desk.Self() with { Place = "歪脖子树", GridUnknown = true }, world.Li);
        await using var db = world.CreateDbContext();
        Assert.Equal(
            [("锦绣园5栋", world.West.Id), ("歪脖子树", world.East.Id), ("翠湖东（翠湖社区）", world.East.Id), ("歪脖子树", (Guid?)null)],
            (await db.Set<Case>().OrderBy(one => one.Number).ToListAsync()).Select(one => (one.Place, one.GridId)));
    }

    [Fact]
    public async Task Lawyers_and_third_parties_take_no_reports()
    {
        await using var world = await Desk.Begin(postgres: false);
        foreach (var role in Enum.GetValues<Role>())
        {
            var takes = role is not (Role.Resident or Role.Lawyer or Role.Partner);
            var actor = world.Li with { Role = role };
            Assert.Equal(takes, await world.Get<Intakes>().Choices(actor, None) is not null);
            Assert.Equal(takes, (await world.Get<Intakes>().Submit(Guid.CreateVersion7(), Desk.Self(), actor, None)).Refusal.Length == 0);
        }
        var own = (await world.Get<Intakes>().Choices(world.Stranger, None))!;
        Assert.Empty(own.Grids);
        Assert.Equal(["翠湖东（翠湖社区）", "翠湖南（翠湖社区）", "翠湖西（翠湖社区）"], (await world.Get<Intakes>().Choices(world.Wang, None))!.Grids.Select(grid => grid.Name).Order(StringComparer.Ordinal));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Who_has_no_chat_is_told_by_staff_without_waiting(bool postgres)
    {
        await using var world = await Desk.Begin(postgres);
        var receipt = await world.Take(Desk.Self(), world.Li);
        await world.Work.Claim(receipt.Number, world.Wang, None);
        await world.Get<DeliverOutbox>().Run(None);
        var one = Assert.Single(await world.Get<CaseMessages>().Waiting(world.Wang, None));
        Assert.Equal((receipt.Number, "还没告诉：电话、窗口或书信代录的，没有聊天可以发。请打电话或当面告诉。"), (one.Number, one.Outcome));
        Assert.DoesNotContain("王秀英", one.Words, StringComparison.Ordinal);
        Assert.Null(await world.Get<CaseMessages>().Told(one.Key, world.Wang, None));
        Assert.Empty(await world.Get<CaseMessages>().Waiting(world.Wang, None));
    }
}
