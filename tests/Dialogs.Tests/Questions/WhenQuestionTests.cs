using System.Globalization;
using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Questions;
using WuShe.Dialogs.Tests.Understanding;
using WuShe.Dialogs.Understanding;

namespace WuShe.Dialogs.Tests.Questions;

public sealed class WhenQuestionTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-11-25T07:00:00Z", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("后天下午3点", "11月27日（周五）下午3点"), InlineData("后天下午三点半", "11月27日（周五）下午3点半"), InlineData("周五上午", "11月27日（周五）上午")]
    [InlineData("周五上午9点到11点", "11月27日（周五）上午9点到上午11点"), InlineData("明天", "11月26日（周四）"), InlineData("下周", "11月30日（周一）到12月6日（周日）")]
    [InlineData("1月5号晚上八点零五", "2027年1月5日（周二）晚上8点05分"), InlineData("今天下午", "11月25日（周三）下午"), InlineData("后天擦黑", "11月27日（周五）傍晚")]
    [InlineData("周末", "11月28日（周六）到11月29日（周日）"), InlineData("明天中午12点", "11月26日（周四）中午12点"), InlineData("明天半夜", "11月26日（周四）半夜")]
    public void What_was_understood_is_shown_back(string said, string shown)
    {
        var read = Ask().Read(Input.Say(said));

        Assert.Equal((true, $"好的，{shown}。"), (read.Fits, read.Note));
        Assert.Equal(shown, read.Value.Shown(Now));
    }

    [Theory]
    [InlineData("2月30号", "日历上没有「2月30号」这一天。"), InlineData("25点", "「25点」的钟点不对，一天只有 24 点。")]
    [InlineData("昨天下午", "「昨天下午」已经过去了，请说一个以后的时间。"), InlineData("每天晚上", "请说一个具体的日子。"), InlineData("没想好", null)]
    public void A_time_that_cannot_be_is_refused_with_the_reason(string said, string? why)
    {
        var read = Ask().Read(Input.Say(said));

        Assert.Equal((false, why), (read.Fits, read.Note));
    }

    [Fact]
    public void A_time_too_vague_is_asked_again() =>
        Assert.False(WhenQuestion.Of("哪天？", Now, new SampleHolidays(), finest: TimePrecision.Day).Read(Input.Say("过几天")).Fits);

    [Fact]
    public void A_time_said_before_is_found_in_the_words()
    {
        Assert.True(Ask().From("我想约后天下午三点见律师").TryPrefill(out var time));
        Assert.Equal("后天下午三点", time.Words);
        Assert.False(Ask().From("我想约律师").TryPrefill(out _));
    }

    [Fact]
    public void Since_when_looks_back() =>
        Assert.Equal("11月22日（周日）到11月25日（周三）", WhenQuestion.Of("从什么时候开始的？", Now, new SampleHolidays(), TimeBias.Past).Read(Input.Say("三天了")).Value.Shown(Now));

    private static Question<TimeAnswer> Ask() => WhenQuestion.Of("什么时候方便？", Now, new SampleHolidays());
}
