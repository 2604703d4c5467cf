using WuShe.Dialogs.Tests.Harness;
using WuShe.Services.Cases;
using WuShe.Services.Tests.Fakes;

namespace WuShe.Services.Tests.Repairs;

/// <summary>Every repair in several services, at the first question and further on: <c>repair-service-depth.chat.txt</c>.</summary>
public sealed class RepairTests
{
    private static readonly DateTimeOffset Due = new(2026, 3, 5, 10, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.chat.txt").Select(path => Path.GetFileName(path)).Order()];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Repairs", "Transcripts");

    [Theory, MemberData(nameof(Files))]
    public Task Dialog_is_said_as_approved(string file)
    {
        var cases = new FakeCases();
        cases.Mine.Add(new CaseStory(
            new CaseSummary("260228-0011", "环境卫生：垃圾没人清", "等人接手", "网格员 王", Due),
            ["2月28日（周六）09:00 您反映了这件事，我们收到了。"]));
        cases.Closed.Add(new RatableCase("260227-0003", "电梯：电梯门关不上", false));
        return Transcript.Play(Talks.Talker(cases), Path.Combine(Folder, file));
    }

    /// <summary>A repair that works in one place only would be a rule of that place.</summary>
    [Theory]
    [InlineData("correct")]
    [InlineData("change")]
    [InlineData("back")]
    [InlineData("cancel")]
    [InlineData("skip")]
    [InlineData("repeat")]
    [InlineData("slower")]
    [InlineData("simpler")]
    [InlineData("interrupt")]
    [InlineData("second")]
    [InlineData("two-misses")]
    [InlineData("human")]
    public void In_two_services_and_at_two_depths(string repair)
    {
        var names = Directory.GetFiles(Folder, $"{repair}-*.chat.txt").Select(path => Path.GetFileName(path).Split('.')[0][(repair.Length + 1)..]).ToArray();
        Assert.True(names.Select(name => name.Split('-').First(part => part is "report" or "rate" or "handoff")).Distinct().Count() >= 2, repair);
        Assert.True(names.Select(name => name.EndsWith("-late", StringComparison.Ordinal)).Distinct().Count() == 2, repair);
    }
}
