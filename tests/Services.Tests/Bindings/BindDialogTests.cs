using WuShe.Dialogs.Tests.Harness;
using WuShe.Services.Tests.Fakes;

namespace WuShe.Services.Tests.Bindings;

public sealed class BindDialogTests
{
    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.chat.txt").Select(path => Path.GetFileName(path)).Order()];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Bindings", "Transcripts");

    [Theory, MemberData(nameof(Files))]
    public Task Dialog_is_said_as_approved(string file)
    {
        var fails = file.EndsWith("-retry.chat.txt", StringComparison.Ordinal);
        var bindings = new FakeBindings { Fails = fails ? 1 : 0, Joined = file.StartsWith("unbind", StringComparison.Ordinal) };
        var talker = Talks.Talker(new FakeCases(), bindings: bindings);
        talker.Twice = !fails;
        return Transcript.Play(talker, Path.Combine(Folder, file));
    }
}
