using WuShe.Dialogs.Understanding;
using WuShe.Dialogs.Understanding.Training;
using WuShe.Services.Teaching;

namespace WuShe.Services.Tests.Teaching;

/// <summary>A new model may differ by what chance turns over, and no more; a danger less is one too many.</summary>
public sealed class AcceptanceTests
{
    private static readonly Utterance[] Said =
    [
        .. Enumerable.Range(0, 20).Select(i => new Utterance($"坝坝{i}灯黑了", "plain", Intents.Report, "lighting", null, $"坝坝{i}", null)),
        .. Enumerable.Range(0, 20).Select(i => new Utterance($"你好{i}", "plain", Intents.None, null, null, null, null)),
        .. Enumerable.Range(0, 20).Select(i => new Utterance($"{i}楼烟子大得很", "plain", Intents.Report, "fire-safety", "fire", null, null)),
    ];

    public static TheoryData<string, int, Func<Understood, Understood>> Losses => new()
    {
        { "你好", 2, read => read with { Intent = new Guess(Intents.Help, 1) } },
        { "坝坝", 2, read => read with { Category = [new Guess("power", 1)] } },
        { "坝坝", 2, read => read with { Place = "灯" } },
        { "你好", 2, read => read with { Place = "你" } },
        { "你好", 2, read => read with { Danger = DangerKind.Gas } },
        { "烟子", 0, read => read with { Danger = null } },
        { "烟子", 0, read => read with { Danger = DangerKind.Gas } },
    };

    [Theory, MemberData(nameof(Losses))]
    public void So_many_more_sentences_may_be_misread(string about, int allowed, Func<Understood, Understood> misread)
    {
        Assert.True(IsNoWorse(about, allowed, misread));
        Assert.False(IsNoWorse(about, allowed + 1, misread));
    }

    private static bool IsNoWorse(string about, int times, Func<Understood, Understood> misread)
    {
        var wrong = Said.Where(one => one.Text.Contains(about, StringComparison.Ordinal)).Take(times).Select(one => one.Text).ToHashSet();
        var before = Accuracy.Of(new Reader(text => Right(text)), Said);
        return Acceptance.IsNoWorse(Accuracy.Of(new Reader(text => wrong.Contains(text) ? misread(Right(text)) : Right(text)), Said), before, Said);
    }

    private static Understood Right(string text)
    {
        var one = Said.Single(said => said.Text == text);
        return new Understood(
            new Guess(one.Intent, 1), null, one.Category is null ? [] : [new Guess(one.Category, 1)], one.Danger is null ? null : DangerCodes.Kind(one.Danger), one.Place, one.Time);
    }

    private sealed class Reader(Func<string, Understood> read) : IUnderstanding
    {
        public Understood Read(string text) => read(text);
    }
}
