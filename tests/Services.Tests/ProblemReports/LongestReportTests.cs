using System.Text;
using WuShe.Dialogs.Questions;
using WuShe.Dialogs.Tests.Harness;
using WuShe.Dialogs.Understanding;
using WuShe.Services.Common;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Tests.Fakes;

namespace WuShe.Services.Tests.ProblemReports;

/// <summary>The most that anybody can put into one report still fits in four kilobytes, at every step of it.</summary>
public sealed class LongestReportTests
{
    private const int Most = 4096;
    private readonly Random _random = new(20260302);

    [Fact]
    public async Task A_journal_is_at_most_four_kilobytes_whatever_was_said()
    {
        var talker = Talks.Talker(new FakeCases(), new Seconds(), new CrowdedPlaces());
        var pictures = string.Join(' ', Enumerable.Range(0, 9).Select(_ => Hex(32)));
        string[] said =
        [
            $"[图片 {pictures}] 广场舞太吵了{Emoji(494)}",
            $"我{Emoji(100)}", $"我{Emoji(100)}",
            "8",
            $"改补充 早{Emoji(100)}",
            $"改时间 早{Emoji(60)}",
            $"还有{Letters(600)}",
            $"还有{Letters(240)}",
        ];
        foreach (var words in said)
        {
            await talker.Send(Transcript.Parse(words));
            Assert.InRange(talker.Store.State(talker.Id).Length, 1, Most);
        }
        Assert.Equal(["确认提交", "我要修改", "取消"], (await talker.Say("继续"))[^1].Options);

        talker.Time.Advance(TimeSpan.FromHours(49));
        Assert.Contains("接着办", (await talker.Say(Letters(700)))[^1].Options);
        Assert.InRange(talker.Store.State(talker.Id).Length, 1, Most);
    }

    private string Emoji(int count) => Some(count, () => 0x1F300 + _random.Next(0x350));

    private string Letters(int count) => Some(count, () => 0x4E00 + _random.Next(0x51A5));

    private string Hex(int length) => Some(length, () => "0123456789abcdef"[_random.Next(16)]);

    private static string Some(int count, Func<int> next)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++) text.Append(new Rune(next()).ToString());
        return text.ToString();
    }

    /// <summary>Words that begin with 还有 are a second report.</summary>
    private sealed class Seconds : IUnderstanding
    {
        public Understood Read(string text) => text.StartsWith("还有", StringComparison.Ordinal)
            ? Understood.Nothing with { Intent = new Guess(Intents.Report, 0.95) }
            : Talks.Understanding.Read(text);
    }

    /// <summary>Whatever is answered may be in any of eight places.</summary>
    private sealed class CrowdedPlaces : IPlaces
    {
        private static readonly Random Numbers = new(7);

        private static readonly Spot[] Candidates =
            [.. Enumerable.Range(1, 8).Select(i => new Spot($"翠湖苑小区北苑{i}号楼{i}单元（翠湖第{i}网格）", Id(), Math.Round(29.5 + Numbers.NextDouble(), 6), Math.Round(106.5 + Numbers.NextDouble(), 6)))];

        public Task<PlaceMatch> Find(PlaceAnswer answer, CancellationToken ct) =>
            Task.FromResult(new PlaceMatch(PlaceMatchKind.Ambiguous, new Spot(answer.Words, null, null, null), Candidates) { Named = answer.Words });

        public Task<PlaceMatch> FindIn(string sentence, CancellationToken ct) =>
            Task.FromResult(new PlaceMatch(PlaceMatchKind.Unknown, new Spot(sentence, null, null, null), []));

        public bool Knows(string words) => false;

        public Task<PlaceMatch> At(Scene scene, CancellationToken ct) => throw new NotSupportedException();

        private static Guid Id()
        {
            var bytes = new byte[16];
            Numbers.NextBytes(bytes);
            return new Guid(bytes);
        }
    }
}
