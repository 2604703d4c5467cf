using WuShe.Dialogs.Tests.Harness;
using WuShe.Services.Tests.Fakes;

namespace WuShe.Services.Tests.Cases;

public sealed class CaseDialogTests
{
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Folder, "*.chat.txt").Select(path => Path.GetFileName(path)).Order()];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Cases", "Transcripts");

    [Theory, MemberData(nameof(Files))]
    public async Task Dialog_is_said_as_approved(string file)
    {
        var (fails, unread) = (file.Contains("retry", StringComparison.Ordinal), file.Contains("unread", StringComparison.Ordinal));
        var cases = file.Contains("nothing", StringComparison.Ordinal) ? new FakeCases()
            : file.Contains("followed", StringComparison.Ordinal) ? SomeCases.Following()
            : file.Contains("settled", StringComparison.Ordinal) ? SomeCases.OnlySettled()
            : SomeCases.Filled(file.Contains("one", StringComparison.Ordinal) ? 1 : 2);
        cases.Fails = fails ? 1 : 0;
        (cases.FailLists, cases.FailStories) = !unread ? (0, 0) : file.Contains("list", StringComparison.Ordinal) ? (1, 0) : (0, 1);
        var talker = Talks.Talker(cases);
        talker.Twice = !fails && !unread;
        await Transcript.Play(talker, Path.Combine(Folder, file));
    }
}
