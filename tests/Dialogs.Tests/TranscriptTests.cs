using WuShe.Dialogs.Tests.Harness;
using WuShe.Dialogs.Tests.Samples;

namespace WuShe.Dialogs.Tests;

public sealed class TranscriptTests
{
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Transcripts"), "*.chat.txt").Select(path => Path.GetFileName(path)).Order()];

    [Theory, MemberData(nameof(Files))]
    public async Task Transcript_is_said_as_approved(string file)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Transcripts", file);
        var reports = new SampleReports { FailSubmits = file.Contains("retry", StringComparison.Ordinal) ? 2 : 0 };
        var talker = new Talker(SampleDialogs.All(reports)) { Twice = !file.Contains("retry", StringComparison.Ordinal) };
        await Transcript.Play(talker, path);
    }
}
