using WuShe.Dialogs.Tests.Harness;
using WuShe.Services.Tests.Fakes;

namespace WuShe.Services.Tests.Journals;

/// <summary>
/// States of every dialog at every question it can leave open, as a release saved them (<c>dialog-question.bin</c>). They must
/// load, and the talk must go on whatever is said; being asked again is fine. A new question adds a file (run with
/// <c>WUSHE_APPROVE=1</c>); what an earlier release saved stays as it was.
/// </summary>
public sealed class SavedJournalTests
{
    private const string Lamp = "3栋2单元楼道灯坏了三天了";
    private const string Later = "[打开 ask-later 260126-0005]";
    private const string Rates = "[打开 rate-case 260227-0003]";

    private static readonly Dictionary<string, string[]> Said = new()
    {
        ["report-details"] = ["报修"],
        ["report-place"] = ["路灯不亮了"],
        ["report-which-place"] = ["5栋楼道灯坏了"],
        ["report-kind"] = ["[图片 a]", "翠湖苑3栋"],
        ["report-extra"] = ["3栋楼下广场舞太吵了"],
        ["report-photos"] = ["路灯不亮了", "翠湖苑3栋"],
        ["report-since"] = [Lamp, "改时间"],
        ["report-confirm"] = [Lamp, "[图片 a b]"],
        ["report-private-place"] = ["跟隔壁邻居扯筋，想找人评理"],
        ["report-private-confirm"] = ["跟隔壁邻居扯筋，想找人评理", "翠湖苑3栋"],
        ["report-changing"] = [Lamp, "我要修改"],
        ["report-with-a-second"] = ["路灯不亮了", "还有5栋电梯也坏了"],
        ["report-cancelled"] = [Lamp, "取消"],
        ["report-same"] = [Lamp],
        ["report-failed"] = [Lamp, "确认提交"],
        ["rate-rating"] = [Rates],
        ["rate-wrong"] = [Rates, "不满意"],
        ["rate-failed"] = [Rates, "满意"],
        ["handoff-message"] = ["转人工"],
        ["handoff-over-a-report"] = ["路灯不亮了", "转人工"],
        ["handoff-wanted"] = [Rates, "哇啦哇啦", "咕噜咕噜"],
        ["handoff-failed"] = ["转人工", "想问低保"],
        ["emergency-more"] = ["楼下着火了快来人"],
        ["emergency-more-2"] = ["楼下着火了快来人", "菜市场旁边那栋"],
        ["emergency-more-3"] = ["楼下着火了快来人", "菜市场旁边那栋", "三楼"],
        ["emergency-failed"] = ["楼下着火了快来人"],
        ["rate-anew"] = ["[打开 rate-case 260126-0005]", "没解决", "又黑了"],
        ["later-holds"] = [Later],
        ["later-wrong"] = [Later, "又坏了"],
        ["progress-which"] = ["查进度"],
    };

    private static readonly string[] Goes = ["重复", "1", "返回", "改一下", "确认提交", "取消"];

    private static readonly string[] Troubles = ["出了点问题", "丢失了", "中断了", "办不了了"];

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.bin").Select(path => Path.GetFileName(path)).Order()];

    public static TheoryData<string> Names => [.. Said.Keys];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Journals");

    [Theory, MemberData(nameof(Files))]
    public async Task Saved_journal_goes_on_whatever_is_said(string file)
    {
        var saved = await File.ReadAllBytesAsync(Path.Combine(Folder, file));
        foreach (var words in Goes)
        {
            var talker = Talks.Talker(SomeCases.Filled());
            talker.Store.Put(talker.Id, saved);

            var replies = await talker.Say(words);

            Assert.NotEmpty(replies);
            Assert.DoesNotContain(replies, reply => Troubles.Any(trouble => reply.Text.Contains(trouble, StringComparison.Ordinal)));
            Assert.Empty(talker.Logged);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public async Task Every_question_is_among_the_saved(string name)
    {
        var file = Path.Combine(Folder, $"{name}.bin");
        if (Environment.GetEnvironmentVariable("WUSHE_APPROVE") == "1" && !File.Exists(file)) await Save(name, Transcript.SourceOf(file));
        else Assert.True(File.Exists(file));
    }

    private static async Task Save(string name, string to)
    {
        var cases = name == "report-same" ? SomeCases.Nearby(1) : SomeCases.Filled();
        cases.Fails = name.EndsWith("-failed", StringComparison.Ordinal) ? 1 : 0;
        var talker = Talks.Talker(cases);
        talker.Twice = cases.Fails == 0;
        foreach (var words in Said[name]) await talker.Send(Transcript.Parse(words));
        await File.WriteAllBytesAsync(to, talker.Store.State(talker.Id));
    }
}
