using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Tests.Harness;
using WuShe.Dialogs.Understanding;

namespace WuShe.Dialogs.Tests.Engine;

/// <summary>What the router does with words of somebody's own.</summary>
public sealed class UnderstoodTests
{
    private readonly Scripted _understanding = new();
    private readonly List<string> _unclear = [];

    [Fact]
    public async Task A_sure_intent_opens_its_dialog_with_the_words()
    {
        _understanding.Means("晚上回来摸黑爬六楼", Intents.Report);
        Assert.Contains("听到：晚上回来摸黑爬六楼", (await Talker().Say("晚上回来摸黑爬六楼"))[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Danger_in_words_of_ones_own_is_answered_with_the_number_first()
    {
        _understanding.Means("老伴叫不答应了", Intents.Report, DangerKind.Injury);
        var replies = await Talker().Say("老伴叫不答应了");
        Assert.Contains("120", replies[0].Text, StringComparison.Ordinal);
        Assert.Contains("听到", replies[1].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Intents.Lawyer, "还办不了")]
    [InlineData(Intents.Help, "我能帮您办")]
    [InlineData(Intents.Human, "工作人员")]
    [InlineData(Intents.None, "我在呢")]
    public async Task What_no_dialog_serves_is_answered_all_the_same(string intent, string words)
    {
        _understanding.Means("随便说的一句话", intent);
        Assert.Contains(words, (await Talker().Say("随便说的一句话"))[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unsure_words_are_kept_for_teaching_and_answered_with_the_menu()
    {
        _understanding.Means("嗦啰不转了", Intents.Report, confidence: 0.2);
        Assert.Contains("没太明白", (await Talker().Say("嗦啰不转了"))[0].Text, StringComparison.Ordinal);
        Assert.Equal("嗦啰不转了", _unclear.Distinct().Single());
    }

    [Fact]
    public async Task Two_likely_wishes_are_two_buttons_and_the_words_are_kept()
    {
        _understanding.Means("那个灯的事情咋样", Intents.Report, confidence: 0.5, second: Intents.Progress);
        var talker = new Talker(
            new DialogCatalog(
            [
                new DialogEntry("echo", "报事情", 1, new Echo()) { Intents = [Intents.Report] },
                new DialogEntry("look", "查进度", 1, new Echo()) { Intents = [Intents.Progress] },
            ]),
            _understanding);

        var asked = Assert.Single(await talker.Say("那个灯的事情咋样"));
        Assert.Equal(["报事情", "查进度"], asked.Options);
        Assert.Contains("听到：那个灯的事情咋样", (await talker.Say("2"))[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_opinion_is_asked_only_where_the_model_is_unsure()
    {
        _understanding.Means("嗦啰不转了", Intents.Report, confidence: 0.2);
        _understanding.Means("楼道灯不亮", Intents.Report);
        var second = new Opinion(Intents.Report);
        var talker = Talker(second);
        await talker.Say("楼道灯不亮");
        await talker.Say("取消");
        Assert.Empty(second.Asked);
        Assert.Contains("听到：嗦啰不转了", (await talker.Say("嗦啰不转了"))[0].Text, StringComparison.Ordinal);
        Assert.Empty(_unclear);
    }

    [Theory]
    [InlineData("报事")]
    [InlineData("12")]
    [InlineData("取消")]
    [InlineData("再说一遍")]
    public async Task Plain_words_are_not_read_at_all(string said)
    {
        await Talker().Say(said);
        Assert.Empty(_understanding.Heard);
    }

    [Fact]
    public void Two_dialogs_on_one_intent_stop_the_start() => Assert.Throws<ArgumentException>(() => new DialogCatalog(
        [new DialogEntry("a", "甲", 1, new Echo()) { Intents = [Intents.Report] }, new DialogEntry("b", "乙", 1, new Echo()) { Intents = [Intents.Report] }]));

    private Talker Talker(ISecondOpinion? second = null) => new(
        new DialogCatalog([new DialogEntry("echo", "报事情", 1, new Echo()) { OpensOn = ["报事"], OnMenu = true, Intents = [Intents.Report] }]),
        _understanding, second, new Unclear(_unclear));

    private sealed class Echo : IDialog
    {
        public async Task Run(Chat chat)
        {
            chat.Say($"听到：{chat.Opening}");
            chat.Say(await chat.Ask("more", Dialogs.Questions.Text.Of("还有吗？")));
        }
    }

    private sealed class Scripted : IUnderstanding
    {
        private readonly Dictionary<string, Understood> _meanings = [];

        public List<string> Heard { get; } = [];

        public void Means(string said, string intent, DangerKind? danger = null, double confidence = 0.9, string? second = null) =>
            _meanings[said] = Understood.Nothing with
            {
                Intent = new Guess(intent, confidence),
                Danger = danger,
                Second = second is null ? null : new Guess(second, 1 - confidence - 0.05),
            };

        public Understood Read(string text)
        {
            Heard.Add(text);
            return _meanings.GetValueOrDefault(text, Understood.Nothing);
        }
    }

    private sealed class Opinion(string intent) : ISecondOpinion
    {
        public List<string> Asked { get; } = [];

        public ValueTask<(string Intent, string? Category)?> Ask(string text, CancellationToken ct)
        {
            Asked.Add(text);
            return new((intent, null));
        }
    }

    private sealed class Unclear(List<string> kept) : IUnclear
    {
        public void Note(string text, Understood read) => kept.Add(text);
    }
}
