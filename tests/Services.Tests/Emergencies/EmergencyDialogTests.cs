using WuShe.Dialogs.Tests.Harness;
using WuShe.Services.Tests.Fakes;

namespace WuShe.Services.Tests.Emergencies;

public sealed class EmergencyDialogTests
{
    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.chat.txt").Select(path => Path.GetFileName(path)).Order()];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Emergencies", "Transcripts");

    [Theory, MemberData(nameof(Files))]
    public Task Dialog_is_said_as_approved(string file)
    {
        var fails = file.StartsWith("retry", StringComparison.Ordinal);
        var talker = Talks.Talker(new FakeCases
        {
            Fails = fails ? 1 : 0,
            ClosesAfter = file.StartsWith("closed", StringComparison.Ordinal) ? ("260302-0001", 1) : null,
        });
        talker.Twice = !fails;
        return Transcript.Play(talker, Path.Combine(Folder, file));
    }
}
