using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Cases;

namespace WuShe.Services.Tests.Cases;

public sealed class CasesTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public Task A_hundred_openings_at_once_have_a_hundred_numbers() => HundredOpenings(null);

    [SkippableFact]
    public async Task A_hundred_openings_at_once_have_a_hundred_numbers_on_postgres()
    {
        Skip.If(CaseWorld.Postgres is null, "WUSHE_TEST_POSTGRES is not set");
        await HundredOpenings(CaseWorld.Postgres);
    }

    [Fact]
    public async Task Numbers_start_anew_at_midnight_in_beijing_and_grow_past_9999()
    {
        await using var world = await CaseWorld.Begin();
        await using (var db = world.CreateDbContext())
        {
            db.Add(new CaseCounter { Day = "260302", Last = 9998 });
            await db.SaveChangesAsync();
        }

        Assert.Equal("260302-9999", (await world.Open(null)).Number);
        Assert.Equal("260302-10000", (await world.Open(null)).Number);
        world.Time.Advance(TimeSpan.FromHours(15));
        Assert.Equal("260303-0001", (await world.Open(null)).Number);
    }

    [Fact]
    public async Task A_number_that_exists_already_is_passed_over()
    {
        await using var world = await CaseWorld.Begin();
        await world.Open(null);
        await using (var db = world.CreateDbContext()) await db.Set<CaseCounter>().ExecuteDeleteAsync();
        Assert.Equal("260302-0002", (await world.Open(null)).Number);
    }

    [Fact]
    public async Task The_same_key_opens_one_case()
    {
        await using var world = await CaseWorld.Begin();
        Assert.Equal(await world.Open(world.East.Id, key: "k"), await world.Open(world.East.Id, key: "k"));
        Assert.Single(await world.Cases.OpenOf(CaseWorld.Resident(), None));
    }

    [Fact]
    public async Task What_a_reporter_adds_is_in_the_story_once_and_its_worker_is_told()
    {
        await using var world = await CaseWorld.Begin();
        var number = (await world.Open(world.East.Id)).Number;
        var key = new IdempotencyKey("add");
        Assert.True(await world.Cases.Add(number, "三楼还有人", [], CaseWorld.Resident(), key, None));
        Assert.True(await world.Cases.Add(number, "三楼还有人", [], CaseWorld.Resident(), key, None));
        Assert.False(await world.Cases.Add(number, "偷看", [], CaseWorld.Resident("other"), new IdempotencyKey("x"), None));

        var story = await world.Cases.Story(number, CaseWorld.Resident(), None);
        Assert.Single(story!.Sentences, sentence => sentence.EndsWith("您补充：三楼还有人", StringComparison.Ordinal));
        Assert.Contains(await world.Work.Notices(world.Wang, None), notice => notice.Words.StartsWith("居民补充", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nine_pictures_of_a_reporter_are_kept_in_all_and_staff_count_their_own()
    {
        await using var world = await CaseWorld.Begin();
        var number = (await world.Open(world.East.Id)).Number;
        await world.Work.Claim(number, world.Wang, None);
        await world.Work.Note(number, world.Wang, "看过了", Pictures(9), None);
        Assert.True(await world.Cases.Add(number, "", Pictures(5), CaseWorld.Resident(), new IdempotencyKey("1"), None));
        Assert.True(await world.Cases.Add(number, "还有", Pictures(5), CaseWorld.Resident(), new IdempotencyKey("2"), None));
        Assert.True(await world.Cases.Add(number, "再说一句", Pictures(5), CaseWorld.Resident(), new IdempotencyKey("3"), None));

        var view = await world.Work.Open(number, world.Wang, None);
        Assert.Equal([1, 0, 0, 9, 5, 3, 0], view!.History.Select(step => step.Pictures.Count));
        Assert.Equal("再说一句", view.History[^1].Note);
    }

    private static AttachmentRef[] Pictures(int count) => [.. Enumerable.Range(0, count).Select(_ => new AttachmentRef(Guid.NewGuid().ToString("N")))];

    [Fact]
    public async Task A_story_is_told_in_plain_sentences_by_number_or_its_last_digits()
    {
        await using var world = await CaseWorld.Begin();
        var number = (await world.Open(world.East.Id)).Number;
        await world.Work.Claim(number, world.Wang, None);
        await world.Work.Note(number, world.Wang, "联系了电工", [], None);
        var story = await world.Cases.Story(number, CaseWorld.Resident(), None);
        Assert.Equal(
            [
                "3月2日（周一）09:00 您反映了这件事，我们收到了。",
                "3月2日（周一）09:00 已派给网格员 王。",
                "3月2日（周一）09:00 网格员 王接单，开始处理。",
                "3月2日（周一）09:00 网格员 王：联系了电工",
                "下一步：网格员 王在3月5日（周四）前给您答复。",
            ], story!.Sentences);
        Assert.Equal(story.Summary, (await world.Cases.Story("0001", CaseWorld.Resident(), None))!.Summary);
        Assert.Equal("正在办", Assert.Single(await world.Cases.OpenOf(CaseWorld.Resident(), None)).State);
    }

    [Fact]
    public async Task Last_digits_that_fit_two_cases_name_none()
    {
        await using var world = await CaseWorld.Begin();
        await world.Open(null);
        world.Time.Advance(TimeSpan.FromDays(1));
        await world.Open(null);
        Assert.Null(await world.Cases.Story("0001", CaseWorld.Resident(), None));
    }

    [Fact]
    public async Task A_case_without_a_worker_is_told_with_the_people_on_duty()
    {
        await using var world = await CaseWorld.Begin();
        var opened = await world.Open(world.Vacant.Id);
        Assert.Equal("翠湖社区值班人员", opened.OwnerName);
        var story = await world.Cases.Story(opened.Number, CaseWorld.Resident(), None);
        Assert.Contains("已派给翠湖社区值班人员。", story!.Sentences[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_content_resident_ends_the_case_and_may_say_so_twice()
    {
        await using var world = await CaseWorld.Begin();
        var number = await Closed(world);
        Assert.False((await world.Cases.ToRate(number, CaseWorld.Resident(), None))!.Rated);
        Assert.Equal(RatingResult.Thanked, (await Rate(world, number, Satisfaction.Fair)).Result);
        Assert.True((await world.Cases.ToRate(null, CaseWorld.Resident(), None))!.Rated);
        Assert.Equal(RatingResult.Thanked, (await Rate(world, number, Satisfaction.VerySatisfied)).Result);
        var view = await world.Work.Open(number, world.Wang, None);
        Assert.Equal((CaseState.Confirmed, 5, 2), (view!.State, view.Rating, view.History.Count(step => step.To == CaseState.Confirmed)));
    }

    [Theory]
    [InlineData(Satisfaction.NotSolved)]
    [InlineData(Satisfaction.VeryDissatisfied)]
    [InlineData(Satisfaction.Dissatisfied)]
    public async Task A_discontented_resident_gets_the_case_reopened_and_the_worker_told(Satisfaction level)
    {
        await using var world = await CaseWorld.Begin();
        var number = await Closed(world);
        foreach (var notice in await world.Work.Notices(world.Wang, None)) await world.Work.Read(notice.Id, world.Wang, None);
        world.Time.Advance(TimeSpan.FromDays(1));
        var outcome = await Rate(world, number, level, "还是不亮");
        Assert.Equal((RatingResult.Reopened, "网格员 王", new DateTimeOffset(2026, 3, 6, 10, 0, 0, TimeSpan.Zero)), (outcome.Result, outcome.OwnerName, outcome.DueAt));
        Assert.Contains("重新办理", Assert.Single(await world.Work.Notices(world.Wang, None)).Words, StringComparison.Ordinal);
        Assert.Single((await world.Work.Inbox(world.Wang, new CaseFilter(CaseShelf.Mine), None)).Lines);
        Assert.Null(await world.Cases.ToRate(number, CaseWorld.Resident(), None));
        Assert.Equal(RatingResult.Refused, (await Rate(world, number, Satisfaction.Satisfied)).Result);
        Assert.Equal(CaseResult.Done, (await world.Work.Close(number, world.Wang, "这回换好了", [], None)).Result);
        Assert.Equal(2, (await world.Owed(dialogs: true)).Count);
    }

    [Fact]
    public async Task Nobody_rates_anothers_case()
    {
        await using var world = await CaseWorld.Begin();
        var number = await Closed(world);
        Assert.Null(await world.Cases.ToRate(number, CaseWorld.Resident("r2"), None));
        var outcome = await world.Cases.Rate(number, Satisfaction.NotSolved, "", CaseWorld.Resident("r2"), new IdempotencyKey("x"), None);
        Assert.Equal(RatingResult.Refused, outcome.Result);
        Assert.Equal(CaseState.Resolved, (await world.Work.Open(number, world.Wang, None))!.State);
    }

    private static async Task HundredOpenings(string? postgres)
    {
        await using var world = await CaseWorld.Begin(postgres);
        var opened = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => world.Open(world.East.Id, $"r{i}"))));
        Assert.Equal(100, opened.Select(one => one.Number).Distinct().Count());
        await using var db = world.CreateDbContext();
        Assert.Equal(opened.Select(one => one.Number).Order(), await db.Set<Case>().Select(c => c.Number).OrderBy(number => number).ToListAsync());
    }

    private static Task<RatingOutcome> Rate(CaseWorld world, string number, Satisfaction level, string words = "") =>
        world.Cases.Rate(number, level, words, CaseWorld.Resident(), new IdempotencyKey(Guid.CreateVersion7().ToString()), None);

    private static async Task<string> Closed(CaseWorld world)
    {
        var number = (await world.Open(world.East.Id)).Number;
        await world.Work.Claim(number, world.Wang, None);
        await world.Work.Close(number, world.Wang, "换好了", [], None);
        return number;
    }
}
