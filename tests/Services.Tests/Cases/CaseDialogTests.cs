using WuShe.Dialogs.Tests.Harness;
using WuShe.Services.Cases;
using WuShe.Services.Tests.Fakes;
using WuShe.Services.Tests.ProblemReports;

namespace WuShe.Services.Tests.Cases;

public sealed class CaseDialogTests
{
    private static readonly DateTimeOffset Due = new(2026, 3, 5, 10, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Folder, "*.chat.txt").Select(path => Path.GetFileName(path)).Order()];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Cases", "Transcripts");

    [Theory, MemberData(nameof(Files))]
    public async Task Dialog_is_said_as_approved(string file)
    {
        var fails = file.Contains("retry", StringComparison.Ordinal);
        var cases = new FakeCases { Fails = fails ? 1 : 0 };
        if (!file.Contains("nothing", StringComparison.Ordinal)) Fill(cases, file.Contains("one", StringComparison.Ordinal) ? 1 : 2);
        var talker = Talks.Talker(cases);
        talker.Twice = !fails;
        await Transcript.Play(talker, Path.Combine(Folder, file));
    }

    private static void Fill(FakeCases cases, int open)
    {
        cases.Mine.Add(Story("260302-0002", "公共照明：楼道灯坏了三天了", "正在办"));
        if (open > 1) cases.Mine.Add(Story("260228-0011", "环境卫生：垃圾没人清", "等人接手"));
        cases.Closed.Add(new RatableCase("260227-0003", "电梯：电梯门关不上", false));
    }

    private static CaseStory Story(string number, string title, string state) => new(
        new CaseSummary(number, title, state, "网格员 王", Due),
        ["3月2日（周一）09:00 您反映了这件事，我们收到了。", "3月2日（周一）09:00 已派给网格员 王。", "下一步：网格员 王在3月5日（周四）前给您答复。"]);
}
