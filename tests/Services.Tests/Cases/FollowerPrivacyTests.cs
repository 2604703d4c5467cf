using System.Text.Encodings.Web;
using System.Text.Json;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Cases;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Tests.Cases;

/// <summary>A neighbour who follows a case learns what becomes of it, and nothing of who reported it.</summary>
public sealed class FollowerPrivacyTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    /// <summary>What the reporter said, sent and is known by.</summary>
    private static readonly string[] Secrets =
        ["web:r1", "王桂芳", "13800138000", "501", "front-photo", "more-photo", "我妈摔了", "谢谢小王", "老毛病", "搬家了"];

    [Fact]
    public async Task Nothing_that_a_follower_gets_to_read_tells_who_reported()
    {
        await using var world = await CaseWorld.Begin();
        var reporter = CaseWorld.Resident();
        var opened = await world.Cases.Open(
            new NewCase("问题上报", "公共照明：我叫王桂芳，楼道灯不亮", "我叫王桂芳，13800138000，楼道灯不亮", new Spot("翠湖苑3栋2单元501", world.East.Id, 29.5, 106.5), 3, [new AttachmentRef("front-photo")])
            {
                Category = "lighting",
            },
            reporter, Key(), None);
        var number = opened.Number;
        var read = new List<object?> { await world.Cases.Near("lighting", new Spot("翠湖苑3栋", world.East.Id, null, null), CaseWorld.Resident("r2"), None) };
        read.Add(await world.Cases.Follow(number, "", [], CaseWorld.Resident("r2"), Key(), None));
        await world.Cases.Add(number, "我妈摔了", [new AttachmentRef("more-photo")], reporter, Key(), None);
        await world.Work.Claim(number, world.Wang, None);
        await world.Work.Note(number, world.Wang, "已打 13800138000 约好上门，去了2单元501", [new AttachmentRef("staff-photo")], None);
        await world.Work.Close(number, world.Wang, "换好了", [], None);
        read.Add(await world.Cases.ToRate(number, CaseWorld.Resident("r2"), None));
        await world.Cases.Rate(number, Satisfaction.NotSolved, "老毛病", reporter, Key(), None);
        await world.Work.Close(number, world.Wang, "线也换了", [], None);
        await world.Cases.Rate(number, Satisfaction.Satisfied, "谢谢小王", reporter, Key(), None);
        await Read(world, number, read);
        await world.Cases.Rate(number, Satisfaction.NotSolved, "", CaseWorld.Resident("r2"), Key(), None);
        await world.Cases.Withdraw(number, "搬家了", reporter, Key(), None);
        await Read(world, number, read);
        read.AddRange((await world.Owed()).Where(one => one.To == "web:r2").Select(one => one.Key + one.Content));

        var all = JsonSerializer.Serialize(read, Readable);
        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, all, StringComparison.Ordinal));
        Assert.Contains("公共照明（翠湖苑3栋2单元＊）", all, StringComparison.Ordinal);
        Assert.Contains("staff-photo", all, StringComparison.Ordinal);
        Assert.Contains("换好了", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_follower_says_and_sends_is_for_staff_and_not_for_the_reporter()
    {
        await using var world = await CaseWorld.Begin();
        var number = (await world.Open(world.East.Id)).Number;
        await world.Cases.Follow(number, "我是老李", [new AttachmentRef("lis-photo")], CaseWorld.Resident("r2"), Key(), None);
        await world.Work.Claim(number, world.Wang, None);
        await world.Work.Close(number, world.Wang, "好了", [], None);
        await world.Cases.Rate(number, Satisfaction.NotSolved, "老李家还黑", CaseWorld.Resident("r2"), Key(), None);
        var story = JsonSerializer.Serialize(new object?[] { await world.Cases.Story(number, CaseWorld.Resident(), None), await world.Get<IOwnCases>().Open(number, CaseWorld.Resident(), None) }, Readable);
        Assert.All(["老李", "lis-photo", "r2"], secret => Assert.DoesNotContain(secret, story, StringComparison.Ordinal));
        Assert.Contains("跟进的邻居说还没好", story, StringComparison.Ordinal);
        var view = await world.Work.Open(number, world.Wang, None);
        Assert.Contains(view!.History, step => step is { Move: CaseMove.Follow, Note: "我是老李", Pictures: [{ Id: "lis-photo" }] });
    }

    [Theory]
    [InlineData("公共照明：楼道灯不亮", "公共照明：楼道灯不亮")]
    [InlineData("公共照明：我是老王，灯不亮", "公共照明（3栋）")]
    [InlineData("公共照明：灯不亮打13800138000", "公共照明（3栋）")]
    [InlineData("供水：张大妈家停水", "供水（3栋）")]
    [InlineData("我叫王桂芳，灯不亮", "一件事（3栋）")]
    public void A_title_is_shown_to_neighbours_unless_it_tells_of_a_person(string title, string shown) => Assert.Equal(shown, NeighbourWords.Title(title, "3栋"));

    private static async Task Read(CaseWorld world, string number, List<object?> read)
    {
        var follower = CaseWorld.Resident("r2");
        read.Add(await world.Cases.Story(number, follower, None));
        read.Add(await world.Get<IOwnCases>().Open(number, follower, None));
        read.Add(await world.Get<IOwnCases>().Of(follower, None));
        read.Add(await world.Cases.OpenOf(follower, None));
    }

    private static IdempotencyKey Key() => new(Guid.CreateVersion7().ToString());
}
