using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Tests.Harness;
using WuShe.Dialogs.Tests.Samples;

namespace WuShe.Dialogs.Tests.Engine;

/// <summary>
/// States as earlier releases saved them. They must load, and the talk must go on; being asked again is fine. A new format
/// adds a file (run with <c>WUSHE_APPROVE=1</c>), the old ones stay.
/// </summary>
public sealed class SavedJournalTests
{
    private static readonly string[] Said = ["查进度", "3栋2单元楼道灯坏了", "报修", "[位置 29.5,106.5 南门]", "[图片 a b]", "很黑😀"];

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Journals"), "*.bin").Select(path => Path.GetFileName(path)).Order()];

    [Theory, MemberData(nameof(Files))]
    public async Task Saved_journal_goes_on(string file)
    {
        var talker = new Talker(SampleDialogs.All(new SampleReports()));
        talker.Store.Put(talker.Id, await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Journals", file)));

        var replies = await talker.Say("重复");

        Assert.DoesNotContain(replies, reply => reply.Text == Phrases.StateLost);
        Assert.Empty(talker.Logged);
    }

    [Fact]
    public async Task Journal_of_this_release_is_among_the_saved()
    {
        var talker = new Talker(SampleDialogs.All(new SampleReports()));
        foreach (var words in Said) await talker.Send(Transcript.Parse(words));
        var state = talker.Store.State(talker.Id);
        if (Environment.GetEnvironmentVariable("WUSHE_APPROVE") == "1")
            await File.WriteAllBytesAsync(Transcript.SourceOf(Path.Combine(AppContext.BaseDirectory, "Journals", $"format-{state[0]}.bin")), state);

        Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, "Journals", $"format-{state[0]}.bin")));
    }
}
