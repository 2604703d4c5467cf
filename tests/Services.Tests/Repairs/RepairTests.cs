using WuShe.Dialogs.Tests.Harness;
using WuShe.Dialogs.Understanding;
using WuShe.Services.Cases;
using WuShe.Services.Tests.Fakes;

namespace WuShe.Services.Tests.Repairs;

/// <summary>
/// Every repair in several services and at two depths: <c>repair-service-depth.chat.txt</c>. Early is the first question or
/// the one after it, late the last one; a request for a person is late when it lies over a report.
/// </summary>
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
        var talker = file.StartsWith("clarify", StringComparison.Ordinal) ? Talks.Talker(cases, new Doubtful()) : Talks.Talker(cases);
        return Transcript.Play(talker, Path.Combine(Folder, file));
    }

    /// <summary>
    /// A repair that works in one place only would be a rule of that place. Where any words are an answer (the reason of a
    /// rating) there is nothing to clarify; a request for a person has one answer, so nothing before it can be corrected.
    /// </summary>
    [Theory]
    [InlineData("correct", "report", "rate")]
    [InlineData("change", "report", "rate")]
    [InlineData("back", "report", "rate", "handoff")]
    [InlineData("cancel", "report", "rate", "handoff")]
    [InlineData("undo", "report", "rate", "handoff")]
    [InlineData("skip", "report", "rate", "handoff")]
    [InlineData("repeat", "report", "rate", "handoff")]
    [InlineData("slower", "report", "rate", "handoff")]
    [InlineData("simpler", "report", "rate", "handoff")]
    [InlineData("interrupt", "report", "rate", "handoff")]
    [InlineData("second", "report", "rate", "handoff")]
    [InlineData("clarify", "report", "handoff")]
    [InlineData("two-misses", "report", "rate")]
    [InlineData("human", "report", "rate")]
    public void At_both_depths_of_each_service(string repair, params string[] services)
    {
        Assert.True(services.Length >= 2);
        string[] names = [.. Directory.GetFiles(Folder, $"{repair}-*.chat.txt").Select(path => Path.GetFileName(path).Split('.')[0])];
        foreach (var service in services)
            foreach (var depth in (string[])["early", "late"])
                Assert.True(Array.Exists(names, name => name.EndsWith($"-{service}-{depth}", StringComparison.Ordinal)), $"{repair}-{service}-{depth}");
    }

    /// <summary>The product's model, but for one sentence that it may take for either of two wishes.</summary>
    private sealed class Doubtful : IUnderstanding
    {
        public Understood Read(string text) => text == "那个事情咋样子嘛"
            ? Understood.Nothing with { Intent = new Guess(Intents.Progress, 0.5), Second = new Guess(Intents.Report, 0.4) }
            : Talks.Understanding.Read(text);

        public bool SaysWhere(string text) => Talks.Understanding.SaysWhere(text);
    }
}
