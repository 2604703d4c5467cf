using WuShe.Dialogs.Tests.Harness;
using WuShe.Services.Tests.Fakes;

namespace WuShe.Services.Tests.Paths;

/// <summary>Every flow from its beginning to its end by digits alone and by voice alone: <c>digits-…</c> and <c>voice-…</c>.</summary>
public sealed class PathTests
{
    private static readonly string[] Flows = ["report", "progress", "rate", "handoff", "emergency"];

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.chat.txt").Select(path => Path.GetFileName(path)).Order()];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Paths", "Transcripts");

    [Theory, MemberData(nameof(Files))]
    public Task Dialog_is_said_as_approved(string file) => Transcript.Play(Talks.Talker(SomeCases.Filled()), Path.Combine(Folder, file));

    [Theory]
    [InlineData("digits")]
    [InlineData("voice")]
    public void Every_flow_has_its_path(string kind) =>
        Assert.All(Flows, flow => Assert.True(File.Exists(Path.Combine(Folder, $"{kind}-{flow}.chat.txt")), flow));

    [Theory, MemberData(nameof(Files))]
    public void Nothing_else_is_said(string file)
    {
        var said = File.ReadLines(Path.Combine(Folder, file)).Where(line => line.StartsWith("> ", StringComparison.Ordinal)).Select(line => line[2..]);
        // What opens a dialog from outside is not said: the person came, or the follow-up asks.
        var own = said.Where(words => words is not "[加入]" && !words.StartsWith("[打开 ", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(own);
        var digits = file.StartsWith("digits", StringComparison.Ordinal);
        Assert.All(own, words => Assert.All(words, letter => Assert.True(digits ? char.IsAsciiDigit(letter) : char.IsLetter(letter), words)));
    }
}
