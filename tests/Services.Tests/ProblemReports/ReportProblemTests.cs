using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Tests.Harness;
using WuShe.Services.Cases;
using WuShe.Services.ProblemReports;
using WuShe.Services.Tests.Fakes;

namespace WuShe.Services.Tests.ProblemReports;

public sealed class ReportProblemTests
{
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Folder, "*.chat.txt").Select(path => Path.GetFileName(path)).Order()];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "ProblemReports", "Transcripts");

    [Theory, MemberData(nameof(Files))]
    public async Task Report_is_taken_as_approved(string file)
    {
        var fails = file.StartsWith("retry", StringComparison.Ordinal);
        var cases = !file.StartsWith("near", StringComparison.Ordinal) ? new FakeCases()
            : SomeCases.Nearby(file.Contains("two", StringComparison.Ordinal) ? 2 : 1, file.Contains("gone", StringComparison.Ordinal) ? "9999" : "0007");
        fails |= file.Contains("retry", StringComparison.Ordinal);
        cases.Fails = fails ? 1 : 0;
        var talker = Talks.Talker(cases);
        talker.Twice = !fails;
        await Transcript.Play(talker, Path.Combine(Folder, file));
    }

    [Theory]
    [InlineData("问题上报", "垃圾没人清，还有噪音", "5栋", "确认提交")]
    [InlineData("报修", "有件事麻烦你们看看", "不晓得叫啥子地方", "确认提交")]
    [InlineData("电梯坏了有三天了", "5栋", "都不是", "确认提交")]
    [InlineData("3栋2单元楼道灯坏了三天了", "没有照片", "确认提交")]
    [InlineData("报修", "跟隔壁邻居扯筋，想找人评理", "3栋", "要，请来人")]
    public async Task A_report_is_in_after_at_most_four_turns(params string[] said)
    {
        var cases = new FakeCases();
        var last = await Talks.Talker(cases).SayAll(said);
        Assert.True(said.Length <= 4);
        Assert.Single(cases.Opened);
        Assert.Contains("260302-0001", last[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Following_takes_along_what_was_said_and_opens_nothing()
    {
        var cases = SomeCases.Nearby(1);
        var talker = Talks.Talker(cases);
        await talker.Send(Transcript.Parse("[图片 a b] 3栋2单元楼道灯坏了三天了"));
        await talker.Say("跟进这一件");
        Assert.Empty(cases.Opened);
        Assert.Equal(("260301-0007", "3栋2单元楼道灯坏了三天了", 2), Assert.Single(cases.Followed));
    }

    [Theory]
    [InlineData(0, "3栋2单元楼道灯坏了三天了", "确认提交")]
    [InlineData(1, "3栋2单元楼道灯坏了三天了", "不是一回事", "没有照片", "确认提交")]
    [InlineData(1, "报修", "路灯不亮了", "翠湖苑3栋", "不是一回事", "确认提交")]
    public async Task A_case_nearby_costs_at_most_one_question_more(int near, params string[] said)
    {
        var cases = SomeCases.Nearby(1);
        if (near == 0) cases.Nearby.Clear();
        var last = await Talks.Talker(cases).SayAll(said);
        Assert.True(said.Length <= 4 + near);
        Assert.Equal("lighting", cases.Opened.Single().Place.GridId is null ? "" : "lighting");
        Assert.Contains("收到了", last[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("楼道灯坏了三天了", "说不清")]
    [InlineData("3栋2单元出了怪事", "其他")]
    public async Task Without_a_place_or_a_kind_nothing_is_offered(params string[] said)
    {
        var cases = SomeCases.Nearby(1);
        cases.Nearby.Add(("other", cases.Nearby[0].Case));
        var replies = await Talks.Talker(cases).SayAll(said);
        Assert.DoesNotContain(replies, reply => reply.Text.Contains("邻居", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pictures_of_every_turn_come_with_the_case()
    {
        var cases = new FakeCases();
        var talker = Talks.Talker(cases);
        await talker.Send(Transcript.Parse("[图片 a b] 3栋楼道灯坏了"));
        await talker.Send(Transcript.Parse("[图片 c]"));
        await talker.Say("确认提交");
        Assert.Equal(["a", "b", "c"], cases.Opened.Single().Pictures.Select(picture => picture.Id).Order());
    }

    [Fact]
    public async Task A_correction_keeps_the_pictures()
    {
        var cases = new FakeCases();
        var talker = Talks.Talker(cases);
        await talker.Say("问题上报");
        await talker.Say("3栋楼道灯坏了");
        await talker.Send(Transcript.Parse("[图片 a]"));
        await talker.Say("改位置 翠湖苑5栋");
        await talker.Say("改类别 电梯");
        await talker.Say("确认提交");
        var opened = cases.Opened.Single();
        Assert.Equal("a", Assert.Single(opened.Pictures).Id);
        Assert.Equal("翠湖苑5栋", opened.Place.Words);
        Assert.StartsWith("电梯", opened.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_category_that_is_changed_meanwhile_is_put_to_the_resident_once_more()
    {
        var (cases, now) = (new FakeCases(), new Catalogue());
        using var catalogue = new CatalogueInUse(() => now);
        var talker = Talks.Talker(cases, catalogue: catalogue);
        await talker.Say("3栋2单元楼道灯坏了三天了");
        now = new Catalogue(now.Natures, now.Kinds.Select(kind => kind.Code == "lighting" ? kind with { Name = "路灯", OwnLimit = 9 } : kind));
        await catalogue.Reload(default);

        Assert.Contains("类别：路灯", (await talker.Say("确认提交"))[^1].Text, StringComparison.Ordinal);
        Assert.Empty(cases.Opened);
        await talker.Say("确认提交");
        Assert.Equal((9, "路灯：3栋2单元楼道灯坏了三天了"), (cases.Opened.Single().LimitWorkingDays, cases.Opened.Single().Title));
    }

    [Fact]
    public async Task A_case_is_held_to_what_its_category_says()
    {
        var (cases, plain) = (new FakeCases(), new Catalogue());
        using var catalogue = new CatalogueInUse(() => new Catalogue(plain.Natures, plain.Kinds.Select(kind => kind.Code == "lighting"
            ? kind with { FirstContact = 2, Urgent = true, ClosingPhoto = true, ClosingSignOff = true, FollowUp = true }
            : kind)));
        await Talks.Talker(cases, catalogue: catalogue).SayAll("3栋2单元楼道灯坏了三天了", "确认提交");
        var opened = cases.Opened.Single();
        Assert.Equal(("lighting", 3, TimeSpan.FromHours(2)), (opened.Category, opened.LimitWorkingDays, opened.Within));
        Assert.Equal(
            new CaseRules { Scope = CaseScope.Government, ContactWorkingDays = 2, Closing = ClosingNeeds.Photo | ClosingNeeds.SignOff, AsksLater = true, Department = "城市管理局" },
            opened.Rules);

        cases = new FakeCases();
        await Talks.Talker(cases).SayAll("3栋门口垃圾没人清，臭得很", "没有照片", "确认提交");
        Assert.Equal(("sanitation", null, CaseScope.Community, ""), (cases.Opened.Single().Category, cases.Opened.Single().Within, cases.Opened.Single().Rules.Scope, cases.Opened.Single().Rules.Department));
    }

    [Fact]
    public async Task A_journal_before_the_confirmation_is_at_most_four_kilobytes()
    {
        var talker = Talks.Talker(new FakeCases());
        var pictures = string.Join(' ', Enumerable.Range(10, 9).Select(i => $"0197a3c2b1f07d3aa1b2c3d4e5f607{i}"));
        await talker.Send(Transcript.Parse($"[图片 {pictures}] {new string('灯', 480)}路灯不亮5栋"));
        var last = await talker.Say("锦绣园5栋");
        Assert.Contains("确认提交", last[^1].Options);
        Assert.InRange(talker.Store.State(talker.Id).Length, 1, 4096);
    }
}
