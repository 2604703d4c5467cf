using CsCheck;
using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Tests.Harness;
using WuShe.Dialogs.Tests.Samples;
using WuShe.Dialogs.Understanding;

namespace WuShe.Dialogs.Tests.Engine;

public sealed class RandomTalkTests
{
    private static readonly string[] Losing =
    [
        "返回", "上一步", "取消", "算了", "改地点", "改类别 排水", "改照片", "我要修改", "地点", "3", "0",
    ];

    private static readonly Gen<string> Said = Gen.Frequency(
        (6, OneOf("1", "2", "电梯", "灯", "5栋", "旧案3栋", "没有照片", "跳过", "确认提交", "是", "不是", "周一", "260302-0001")),
        (3, OneOf(Losing)),
        (2, OneOf("报修", "律师", "查进度", "重复", "菜单", "人工", "重试", "[图片 a]", "[图片 b c]", "[位置 29.5,106.5 南门]", "[语音]", "[加入]")),
        (1, OneOf("[打开 progress 1]", "[打开 lawyer x]", "[打开 nothing]", "灯坏了", "着火了", "😀", "\ud800", "\u0000", "")),
        (1, Gen.String));

    private static Gen<string> OneOf(params string[] words) => Gen.Int[0, words.Length - 1].Select(i => words[i]);

    [Fact]
    public void Any_talk_keeps_answers_and_a_loadable_state() =>
        Said.Array[1, 40].Sample(Talk, iter: 500);

    private static void Talk(string[] said)
    {
        var reports = new SampleReports { FailSubmits = said.Length % 3, FailReads = said.Length % 2 };
        var talker = new Talker(SampleDialogs.All(reports)) { Twice = false };
        foreach (var words in said)
        {
            var before = Load(talker);
            talker.Send(Transcript.Parse(words)).GetAwaiter().GetResult();
            var after = Load(talker);
            Assert.False(after.Lost);
            Assert.InRange(after.Runs.Count, 0, ConversationState.MaxRuns);
            AssertKept(before, after, words);
        }
    }

    /// <summary>A run that is still there has every answer it had, but for the one the person takes back.</summary>
    private static void AssertKept(ConversationState before, ConversationState after, string words)
    {
        foreach (var run in before.Runs)
        {
            if (after.Runs.Find(other => other.Id == run.Id) is not { } still) continue;
            string[] lost =
            [
                .. run.Entries.Where(entry => entry.HasValue && !still.Entries.Exists(other => other.Key == entry.Key && other.HasValue))
                    .Select(entry => entry.Key),
            ];
            Assert.True(lost.Length <= (MayTakeBack(words, before) ? 1 : 0), $"{words} lost {string.Join(' ', lost)}");
        }
    }

    private static bool MayTakeBack(string words, ConversationState before) =>
        Losing.Contains(words) || Losing.Contains(Plain.Key(words)) || before.Top is { Choosing: true } || words.StartsWith('改');

    private static ConversationState Load(Talker talker) => StateFormat.Read(talker.Store.State(talker.Id));
}
