using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Cases;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Messages;
using WuShe.Services.Common.Residency;

namespace WuShe.Services.Tests.Cases;

public sealed class FollowingTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_follower_hears_every_update_that_the_reporter_hears_and_is_asked_for_a_rating_of_their_own()
    {
        await using var world = await CaseWorld.Begin();
        var number = (await world.Open(world.East.Id)).Number;
        await Follow(world, number, "r2");
        await Follow(world, number, "r3");
        await world.Work.Claim(number, world.Wang, None);
        await world.Work.Note(number, world.Wang, "联系了电工", [new AttachmentRef("n1"), new AttachmentRef("n2")], None);
        await world.Get<CaseLeading>().Suspend(number, world.Wang, new DateOnly(2026, 3, 9), "等配件", None);
        await world.Get<CaseLeading>().Resume(number, world.Wang, None);
        await world.Work.Close(number, world.Wang, "换好了", [], None);

        var owed = await world.Owed();
        var told = owed.ToLookup(one => one.To, one => CaseWorld.Words(one));
        Assert.Equal(6, told["web:r1"].Count());
        foreach (var follower in new[] { "web:r2", "web:r3" })
            Assert.Equal(told["web:r1"], told[follower].Select(words => words.Replace("您跟进的", "您反映的", StringComparison.Ordinal)));
        Assert.Equal(["web:r1", "web:r2", "web:r3"], (await world.Owed(dialogs: true)).Select(one => one.To).Order());
        Assert.All(owed, one => Assert.Equal(number, CaseLetters.NumberOf(one.Key)));
        Assert.All(owed, one => Assert.DoesNotContain("r2", one.Key, StringComparison.Ordinal));
        Assert.Equal(owed.Count, (await world.Get<CaseMessages>().Of(number, world.Wang, None)).Count);
    }

    [Fact]
    public async Task A_followers_rating_is_kept_with_the_follower_and_the_reporters_with_the_case()
    {
        await using var world = await CaseWorld.Begin();
        var number = await Closed(world, "r2");
        Assert.Equal((true, false), await ToRate(world, number, "r2"));
        Assert.Equal(RatingResult.Thanked, (await Rate(world, number, "r2", Satisfaction.Fair)).Result);
        Assert.Equal((true, true), await ToRate(world, number, "r2"));
        var stored = await Stored(world, number);
        Assert.Equal((CaseState.Resolved, null, 3), (stored.State, stored.Rating, stored.Followers.Single().Rating));

        Assert.Equal((false, false), await ToRate(world, number, "r1"));
        await Rate(world, number, "r1", Satisfaction.VerySatisfied);
        stored = await Stored(world, number);
        Assert.Equal((CaseState.Confirmed, 5, 3), (stored.State, stored.Rating, stored.Followers.Single().Rating));
        Assert.Equal(RatingResult.Refused, (await Rate(world, number, "r9", Satisfaction.Fair)).Result);
        Assert.Equal([Satisfaction.Fair], (await world.Work.Open(number, world.Wang, None))!.FollowerRatings);
    }

    [Fact]
    public async Task Not_solved_to_a_follower_reopens_within_seven_days_and_everybody_is_asked_anew()
    {
        await using var world = await CaseWorld.Begin();
        var number = await Closed(world, "r2");
        await Rate(world, number, "r1", Satisfaction.Satisfied);
        world.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(RatingResult.Reopened, (await Rate(world, number, "r2", Satisfaction.NotSolved, "三楼还是黑的")).Result);
        var stored = await Stored(world, number);
        Assert.Equal((CaseState.Claimed, 4, "", 1), (stored.State, stored.Rating, stored.RatingWords, stored.Priority));
        Assert.Contains(stored.Log, row => row is { Move: CaseMove.Reopen, Who: "跟进的居民", Note: "没解决。三楼还是黑的" });
        Assert.Contains(await world.Work.Notices(world.Wang, None), notice => notice.Words.StartsWith("居民说没解决", StringComparison.Ordinal));

        await world.Work.Close(number, world.Wang, "三楼也换了", [], None);
        Assert.Equal(4, (await world.Owed(dialogs: true)).Count);
        Assert.Equal((true, false), await ToRate(world, number, "r2"));
        await Change(world, number, subject => subject.Settle(world.Time.GetUtcNow()));
        Assert.Equal(RatingResult.TooLate, (await Rate(world, number, "r2", Satisfaction.NotSolved)).Result);
    }

    [Fact]
    public async Task Followed_cases_are_in_my_list_and_nobody_elses()
    {
        await using var world = await CaseWorld.Begin();
        var number = (await world.Open(world.East.Id)).Number;
        await Follow(world, number, "r2");
        Assert.True(Assert.Single(await world.Cases.OpenOf(CaseWorld.Resident("r2"), None)).Follows);
        Assert.False(Assert.Single(await world.Cases.OpenOf(CaseWorld.Resident("r1"), None)).Follows);
        Assert.NotNull(await world.Cases.Story(number[^4..], CaseWorld.Resident("r2"), None));
        Assert.True(Assert.Single((await world.Get<IOwnCases>().Of(CaseWorld.Resident("r2"), None)).Open).Follows);
        Assert.NotNull(await world.Get<IOwnCases>().Open(number, CaseWorld.Resident("r2"), None));
        Assert.Null(await world.Cases.Story(number, CaseWorld.Resident("r3"), None));
        Assert.Null(await world.Get<IOwnCases>().Open(number, CaseWorld.Resident("r3"), None));
        Assert.False(await world.Cases.Add(number, "偷改", [], CaseWorld.Resident("r2"), Key(), None));
    }

    [Fact]
    public async Task One_resident_is_one_follower_however_often_they_say_so()
    {
        await using var world = await CaseWorld.Begin();
        var number = (await world.Open(world.East.Id)).Number;
        await world.Open(world.East.Id, "r2");
        await world.Open(world.East.Id, "r3");
        await world.Get<ITransactions>().Run(
            (db, ct) => world.Get<Residents>().Join(db, CaseWorld.Resident("r1").Conversation, CaseWorld.Resident("r3").Conversation, ct), None);
        Assert.Equal(number, (await Follow(world, number, "r1"))!.Number);
        Assert.Equal(number, (await Follow(world, number, "r3"))!.Number);
        Assert.Empty((await Stored(world, number)).Followers);
        var key = Key();
        Assert.Equal(await Follow(world, number, "r2", key), await Follow(world, number, "r2", key));
        await Follow(world, number, "r2");
        var stored = await Stored(world, number);
        Assert.Single(stored.Followers);
        Assert.Equal(2, stored.Log.Count(row => row.Move == CaseMove.Follow));
    }

    [Fact]
    public async Task A_closed_case_is_not_followed_and_an_unknown_one_neither()
    {
        await using var world = await CaseWorld.Begin();
        var number = await Closed(world);
        Assert.Null(await Follow(world, number, "r2"));
        Assert.Null(await Follow(world, "260302-4321", "r2"));
        Assert.Empty((await Stored(world, number)).Followers);
    }

    [Fact]
    public async Task Each_full_number_of_followers_makes_it_more_pressing_and_the_worker_is_told()
    {
        await using var world = await CaseWorld.Begin(settings: new() { ["Cases:FollowersPerPriority"] = "2" });
        var number = (await world.Open(world.East.Id)).Number;
        for (var i = 1; i <= 5; i++) await Follow(world, number, $"n{i}");
        Assert.Equal(2, (await Stored(world, number)).Priority);
        Assert.Equal(2, (await world.Work.Notices(world.Wang, None)).Count(notice => notice.Words.Contains("更急了", StringComparison.Ordinal)));
        Assert.Equal(["跟进的居民有 2 位，这件事更急了。", "跟进的居民有 4 位，这件事更急了。"], (await Stored(world, number)).Log.Where(row => row.Who == "系统" && row.Move == CaseMove.Follow).Select(row => row.Note));

        Assert.True(await world.Cases.Withdraw(number, "", CaseWorld.Resident("n1"), Key(), None));
        Assert.True(await world.Cases.Withdraw(number, "", CaseWorld.Resident("n2"), Key(), None));
        var stored = await Stored(world, number);
        Assert.Equal((CaseState.Dispatched, 1, 3), (stored.State, stored.Priority, stored.Followers.Count));
        Assert.False(await world.Cases.Withdraw(number, "", CaseWorld.Resident("n2"), Key(), None));
    }

    [Fact]
    public async Task When_the_reporter_takes_it_back_those_who_follow_are_told()
    {
        await using var world = await CaseWorld.Begin();
        var number = (await world.Open(world.East.Id)).Number;
        await Follow(world, number, "r2");
        Assert.True(await world.Cases.Withdraw(number, "自己修好了", CaseWorld.Resident(), Key(), None));
        var told = Assert.Single(await world.Owed());
        Assert.Equal("web:r2", told.To);
        Assert.Contains("不用办了", CaseWorld.Words(told), StringComparison.Ordinal);
        Assert.DoesNotContain("自己修好了", told.Content, StringComparison.Ordinal);
    }

    [Fact]
    public Task Many_follow_at_once_and_all_are_counted() => ManyFollow(null);

    [SkippableFact]
    public async Task Many_follow_at_once_and_all_are_counted_on_postgres()
    {
        Skip.If(CaseWorld.Postgres is null, "WUSHE_TEST_POSTGRES is not set");
        await ManyFollow(CaseWorld.Postgres);
    }

    private static async Task ManyFollow(string? postgres)
    {
        await using var world = await CaseWorld.Begin(postgres, new() { ["Cases:FollowersPerPriority"] = "2" });
        var number = (await world.Open(world.East.Id)).Number;
        var followed = await Task.WhenAll(Enumerable.Range(1, 4).Select(i => Task.Run(() => Follow(world, number, $"n{i}"))));
        Assert.All(followed, one => Assert.Equal(number, one!.Number));
        var stored = await Stored(world, number);
        Assert.Equal((4, 2), (stored.Followers.Count, stored.Priority));
        Assert.Equal(4, stored.Log.Count(row => row.Who == "跟进的居民"));
    }

    private static IdempotencyKey Key() => new(Guid.CreateVersion7().ToString());

    private static Task<OpenedCase?> Follow(CaseWorld world, string number, string resident, IdempotencyKey? key = null) =>
        world.Cases.Follow(number, "我这里也黑", [], CaseWorld.Resident(resident), key ?? Key(), None);

    private static async Task<(bool Follows, bool Rated)> ToRate(CaseWorld world, string number, string resident)
    {
        var one = await world.Cases.ToRate(number, CaseWorld.Resident(resident), None);
        Assert.Equal(one, await world.Cases.ToRate(null, CaseWorld.Resident(resident), None));
        return (one!.Follows, one.Rated);
    }

    private static Task<RatingOutcome> Rate(CaseWorld world, string number, string resident, Satisfaction level, string words = "") =>
        world.Cases.Rate(number, level, words, CaseWorld.Resident(resident), Key(), None);

    private static async Task<string> Closed(CaseWorld world, params string[] followers)
    {
        var number = (await world.Open(world.East.Id)).Number;
        foreach (var follower in followers) await Follow(world, number, follower);
        await world.Work.Claim(number, world.Wang, None);
        await world.Work.Close(number, world.Wang, "换好了", [], None);
        return number;
    }

    private static async Task Change(CaseWorld world, string number, Func<Case, string?> act)
    {
        await using var db = world.CreateDbContext();
        Assert.Null(act(await db.Set<Case>().SingleAsync(c => c.Number == number)));
        await db.SaveChangesAsync();
    }

    private static async Task<Case> Stored(CaseWorld world, string number)
    {
        await using var db = world.CreateDbContext();
        return await db.Set<Case>().AsNoTracking().Include(c => c.Log).AsSplitQuery().SingleAsync(c => c.Number == number);
    }
}
