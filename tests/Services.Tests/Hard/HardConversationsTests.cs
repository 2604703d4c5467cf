using WuShe.Dialogs;
using WuShe.Dialogs.Tests.Harness;
using WuShe.Services.Tests.Fakes;

namespace WuShe.Services.Tests.Hard;

/// <summary>Plays <c>conversations.txt</c> with the model that comes with the product and checks what each turn must hold.</summary>
public sealed class HardConversationsTests
{
    private static readonly Dictionary<string, string[]> Conversations = Read();

    public static TheoryData<string> Names => [.. Conversations.Keys];

    [Theory, MemberData(nameof(Names))]
    public async Task Conversation_comes_to_its_end(string name)
    {
        var cases = new FakeCases();
        var talker = Talks.Talker(cases);
        IReadOnlyList<Message> replies = [];
        foreach (var line in Conversations[name])
        {
            if (!line.StartsWith("> ", StringComparison.Ordinal)) Check(line, replies, cases, name);
            else if (Transcript.Waits(line[2..]) is { } time) talker.Time.Advance(time);
            else replies = await talker.Send(Transcript.Parse(line[2..]));
        }
        Assert.Empty(talker.Logged);
    }

    [Fact]
    public void There_are_sixty_and_each_takes_several_turns_and_holds_something()
    {
        Assert.True(Conversations.Count >= 60, $"{Conversations.Count} conversations");
        Assert.All(Conversations, one => Assert.True(one.Value.Count(line => line.StartsWith("> ", StringComparison.Ordinal)) >= 2, $"{one.Key} takes one turn"));
        Assert.All(Conversations, one => Assert.Contains(one.Value, line => !line.StartsWith("> ", StringComparison.Ordinal)));
    }

    private static void Check(string line, IReadOnlyList<Message> replies, FakeCases cases, string name)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var (what, words) = (line[..space], line[(space + 1)..]);
        var holds = what switch
        {
            "has" => replies.Any(reply => Says(reply.Text, words)),
            "not" => !replies.Any(reply => Says(reply.Text, words)),
            "first" => replies.Count > 0 && Says(replies[0].Text.Split('。', '！')[0], words),
            "case" => cases.Opened.Any(one => Says(one.Title + one.Words, words)),
            "at" => cases.Opened.Count > 0 && Says(cases.Opened[^1].Place.Words, words),
            "cases" => cases.Opened.Count.ToString(System.Globalization.CultureInfo.InvariantCulture) == words,
            "added" => cases.Added.Any(one => Says(one.Words, words)),
            _ => throw new FormatException($"{name}: {line} says nothing that can be checked."),
        };
        Assert.True(holds, $"{name}: {line}\nsaid: {string.Join("\n", replies.Select(reply => reply.Text))}\ncases: {string.Join("; ", cases.Opened.Select(one => $"{one.Title} @ {one.Place.Words}"))}");
    }

    private static bool Says(string text, string alternatives) =>
        alternatives.Split('|').Any(words => text.Contains(words, StringComparison.Ordinal));

    private static Dictionary<string, string[]> Read()
    {
        var blocks = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Hard", "conversations.txt")).ReplaceLineEndings("\n").Split("\n== ")[1..];
        return blocks.Select(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToDictionary(lines => lines[0], lines => lines[1..]);
    }
}
