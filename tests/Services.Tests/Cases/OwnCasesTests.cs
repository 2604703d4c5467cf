using WuShe.Dialogs;
using WuShe.Services.Cases;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Residency;

namespace WuShe.Services.Tests.Cases;

/// <summary>What a resident's own pages show.</summary>
public sealed class OwnCasesTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public Task A_case_shows_the_sentences_of_the_chat_with_the_pictures_that_came_with_each() => Shows(null);

    [SkippableFact]
    public async Task A_case_shows_the_sentences_of_the_chat_with_the_pictures_that_came_with_each_on_postgres()
    {
        Skip.If(CaseWorld.Postgres is null, "WUSHE_TEST_POSTGRES is not set");
        await Shows(CaseWorld.Postgres);
    }

    private static async Task Shows(string? postgres)
    {
        await using var world = await CaseWorld.Begin(postgres);
        var number = (await world.Open(world.East.Id)).Number;
        await world.Work.Claim(number, world.Wang, None);
        await world.Work.Note(number, world.Wang, "看过了", [new AttachmentRef("note-1"), new AttachmentRef("note-2")], None);
        await world.Work.Close(number, world.Wang, "换了灯泡", [], None);

        var told = await world.Cases.Story(number, CaseWorld.Resident(), None);
        var shown = await world.Get<IOwnCases>().Open(number, CaseWorld.Resident(), None);
        Assert.Equal(told!.Summary, shown!.Summary);
        Assert.Equal(told.Sentences, [.. shown.Steps.Select(step => $"{ChineseDate.Minute(step.At)} {step.Words}"), shown.Next]);
        Assert.Equal(["photo", "", "", "note-1,note-2", ""], shown.Steps.Select(step => string.Join(',', step.Pictures.Select(picture => picture.Id))));
        Assert.Equal(("问题上报", "3栋"), (shown.Kind, shown.Place));
    }

    [Fact]
    public async Task Somebody_elses_case_and_an_unknown_number_look_the_same()
    {
        await using var world = await CaseWorld.Begin();
        var number = (await world.Open(world.East.Id)).Number;
        var own = world.Get<IOwnCases>();
        Assert.NotNull(await own.Open(number, CaseWorld.Resident(), None));
        Assert.Null(await own.Open(number, CaseWorld.Resident("other"), None));
        Assert.Null(await own.Open("260302-4321", CaseWorld.Resident(), None));
        // Dialogs take the last digits for it; an address says all of it.
        Assert.Null(await own.Open(number[^4..], CaseWorld.Resident(), None));
        var nothing = await own.Of(CaseWorld.Resident("other"), None);
        Assert.Empty(nothing.Open.Concat(nothing.Closed));
    }

    [Fact]
    public async Task The_list_has_open_and_closed_ones_of_every_joined_chat_newest_first()
    {
        await using var world = await CaseWorld.Begin();
        var first = (await world.Open(world.East.Id, "r1")).Number;
        world.Time.Advance(TimeSpan.FromMinutes(1));
        var second = (await world.Open(world.East.Id, "r2")).Number;
        world.Time.Advance(TimeSpan.FromMinutes(1));
        var third = (await world.Open(world.East.Id, "r2")).Number;
        await world.Open(world.East.Id, "stranger");
        await world.Work.Claim(first, world.Wang, None);
        await world.Work.Close(first, world.Wang, "好了", [], None);
        await world.Get<ITransactions>().Run(
            (db, ct) => world.Get<Residents>().Join(db, CaseWorld.Resident("r1").Conversation, CaseWorld.Resident("r2").Conversation, ct), None);

        var list = await world.Get<IOwnCases>().Of(CaseWorld.Resident("r1"), None);
        Assert.Equal([third, second], list.Open.Select(line => line.Number));
        Assert.Equal([first], list.Closed.Select(line => line.Number));
        Assert.Equal(["等人接手", "等人接手", "办好了"], [.. list.Open.Concat(list.Closed).Select(line => line.State)]);
        Assert.False(list.More);
    }
}
