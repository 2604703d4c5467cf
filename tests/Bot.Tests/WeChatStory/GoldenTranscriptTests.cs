using System.Text;
using System.Text.RegularExpressions;
using WuShe.Bot.Tests.Browser;

namespace WuShe.Bot.Tests.WeChatStory;

/// <summary>
/// One whole report, with a choice by number, a step back, a photo and a correction: the same file played over Direct Line
/// and over the encrypted callback. Only the outward form may differ: WeChat joins a turn's messages and numbers the options.
/// <c>WUSHE_APPROVE=1</c> writes what the web chat said into the file; review it like code.
/// </summary>
public sealed partial class GoldenTranscriptTests
{
    private static readonly string File = Path.Combine(Repository.Root, "tests", "Bot.Tests", "WeChatStory", "golden.chat.txt");

    [Fact]
    public async Task The_web_chat_says_what_the_transcript_says()
    {
        await using var world = await WeChatWorld.Start();
        using var web = await WebPerson.Open(world.Bot.Address);
        var played = new StringBuilder();
        var expected = await Lines();
        foreach (var line in expected.Split('\n').Where(line => line.StartsWith("> ", StringComparison.Ordinal)))
        {
            played.Append(line).Append('\n');
            var replies = line switch
            {
                "> [加入]" => await web.Greeting(),
                "> [图片]" => await web.Upload(Pictures.Stairwell),
                _ => await web.Say(line[2..]),
            };
            foreach (var reply in replies) played.Append(Shown(reply));
        }
        var actual = Constant(played.ToString());
        if (Environment.GetEnvironmentVariable("WUSHE_APPROVE") == "1") await System.IO.File.WriteAllTextAsync(File, actual);
        else Assert.Equal(expected, actual);
    }

    [Fact]
    public async Task The_encrypted_callback_says_the_same()
    {
        await using var world = await WeChatWorld.Start();
        var resident = world.NewPerson();
        foreach (var turn in Turns(await Lines()))
        {
            var answer = turn.Said switch
            {
                "[加入]" => await resident.Do("subscribe"),
                "[图片]" => await resident.SendPhoto(Pictures.Stairwell),
                _ => await resident.Say(turn.Said),
            };
            Assert.Equal(string.Join("\n\n", turn.Replies.Select(AsWeChat)), Constant(answer));
        }
        Assert.Empty(resident.Received);
    }

    private static async Task<string> Lines() => (await System.IO.File.ReadAllTextAsync(File)).ReplaceLineEndings("\n");

    private static IEnumerable<(string Said, List<Reply> Replies)> Turns(string transcript)
    {
        foreach (var block in transcript.Split("> ", StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = block.TrimEnd('\n').Split('\n');
            var replies = new List<Reply>();
            foreach (var line in lines[1..])
            {
                if (line.StartsWith("< ", StringComparison.Ordinal)) replies.Add(new Reply(line[2..], []));
                else if (line.StartsWith("  [", StringComparison.Ordinal)) replies[^1] = replies[^1] with { Options = line.Trim()[1..^1].Split("] [") };
                else replies[^1] = replies[^1] with { Text = replies[^1].Text + "\n" + line[2..] };
            }
            yield return (lines[0], replies);
        }
    }

    private static string Shown(Reply reply) =>
        $"< {reply.Text.Replace("\n", "\n  ", StringComparison.Ordinal)}\n"
        + (reply.Options.Length > 0 ? $"  {string.Join(' ', reply.Options.Select(option => $"[{option}]"))}\n" : "");

    private static string AsWeChat(Reply reply) => reply.Options.Length == 0
        ? reply.Text
        : $"{reply.Text}\n{string.Join('\n', reply.Options.Select((option, index) => $"{index + 1}. {option}"))}\n（回复数字就行）";

    /// <summary>What differs from day to day: numbers, dates and times.</summary>
    private static string Constant(string words) =>
        Moments().Replace(WeChatPerson.CaseNumber().Replace(words, "{编号}"), "{日期}");

    [GeneratedRegex(@"\d{1,2}月\d{1,2}日\（周.\）(\d\d:\d\d)?")]
    private static partial Regex Moments();
}

/// <summary>One message of the bot.</summary>
internal sealed record Reply(string Text, string[] Options);
