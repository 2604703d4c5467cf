using WuShe.Dialogs.Tests.Harness;
using WuShe.Services.Tests.Fakes;

namespace WuShe.Services.Tests.Handoffs;

public sealed class HandoffDialogTests
{
    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.chat.txt").Select(path => Path.GetFileName(path)).Order()];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Handoffs", "Transcripts");

    [Theory, MemberData(nameof(Files))]
    public Task Dialog_is_said_as_approved(string file)
    {
        var fails = file.StartsWith("retry", StringComparison.Ordinal);
        var talker = Talks.Talker(new FakeCases { Fails = fails ? 1 : 0 });
        talker.Twice = !fails;
        return Transcript.Play(talker, Path.Combine(Folder, file));
    }
}
