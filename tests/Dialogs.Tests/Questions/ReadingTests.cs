using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Questions;

namespace WuShe.Dialogs.Tests.Questions;

public sealed class ReadingTests
{
    private static readonly Question<int> Which = Choice.Of("哪个？", new ChoiceOption<int>(1, "公共照明", "路灯", "灯"), new(2, "排水与下水道", "下水道", "管道"), new(3, "供水", "停水"), new(4, "电梯"));

    [Theory]
    [InlineData("公共照明", 1), InlineData("1", 1), InlineData("１", 1), InlineData("一", 1), InlineData("第一个", 1), InlineData("1.", 1)]
    [InlineData("选1", 1), InlineData("第2个。", 2), InlineData(" 3、", 3), InlineData("第四项", 4), InlineData("4号", 4), InlineData("两", 2)]
    [InlineData("灯", 1), InlineData("楼下路灯不亮", 1), InlineData("照明", 1), InlineData("下水", 2), InlineData("停水了！", 3), InlineData("电梯~", 4)]
    [InlineData("水", 0), InlineData("5", 0), InlineData("0", 0), InlineData("灯和电梯和路灯", 0), InlineData("公共照明和电梯", 1), InlineData("停水、管道", 0), InlineData("", 0), InlineData("哈哈", 0)]
    public void Choice_is_read_by_label_number_and_word(string said, int expected)
    {
        var read = Which.Read(Input.Say(said));

        Assert.Equal((expected != 0, expected), (read.Fits, read.Value));
    }

    [Theory]
    [InlineData("3栋路灯坏了", 1), InlineData("一", 0), InlineData("照", 0), InlineData("电梯停水", 0)]
    public void Choice_is_found_in_words_only_by_whole_labels(string words, int expected) =>
        Assert.Equal(expected, Which.Find(words).Value);

    [Theory]
    [InlineData("是"), InlineData("是的"), InlineData("对啊"), InlineData("要"), InlineData("嗯嗯"), InlineData("好的。"), InlineData("没错"), InlineData("没问题"), InlineData("OK"), InlineData("1"), InlineData("是同一件")]
    public void Yes_is_yes(string said) => Assert.Equal((true, true), YesOrNo(said));

    [Theory]
    [InlineData("不"), InlineData("不是"), InlineData("没有"), InlineData("不用了"), InlineData("2"), InlineData("不是这个"), InlineData("否")]
    public void No_is_no(string said) => Assert.Equal((true, false), YesOrNo(said));

    [Theory]
    [InlineData("不知道"), InlineData("好像不是"), InlineData("要不等等"), InlineData("3"), InlineData("电梯"), InlineData(""), InlineData("不知道是不是同一件事情")]
    public void Doubt_is_neither(string said) => Assert.False(YesOrNo(said).Fits);

    [Theory]
    [InlineData("好多钱"), InlineData("没有照片"), InlineData("是哪天办"), InlineData("不亮了"), InlineData("要不要钱"), InlineData("2")]
    public void Confirmation_is_not_guessed_from_how_the_words_begin(string said) =>
        Assert.False(Confirm.Of("请您核对").Read(Input.Say(said)).Fits);

    [Theory]
    [InlineData("确认提交", true), InlineData("1", true), InlineData("好的", true), InlineData("对头", true), InlineData("不提交", false), InlineData("不", false)]
    public void Confirmation_is_said_in_words(string said, bool yes) =>
        Assert.Equal(yes, Confirm.Of("请您核对").Read(Input.Say(said)).Value);

    private static (bool Fits, bool Value) YesOrNo(string said)
    {
        var read = YesNo.Of("是吗？").Read(Input.Say(said));
        return (read.Fits, read.Value);
    }

    [Fact]
    public void Place_takes_a_sent_position_and_refuses_one_off_the_earth()
    {
        var place = PlaceQuestion.Of("哪里？");
        var read = place.Read(new Input { Location = new SentLocation(new GeoPoint(29.5, 106.5, Datum.Gcj02), "南门") });

        Assert.Equal(("南门", 29.5), (read.Value.Words, read.Value.Point!.Value.Latitude));
        Assert.False(place.Read(new Input { Location = new SentLocation(new GeoPoint(double.NaN, 0, Datum.Gcj02), "") }).Fits);
        Assert.False(place.From("随便什么话").TryPrefill(out _));
        Assert.True(place.From(true, new PlaceAnswer("5栋", null)).TryPrefill(out _));
    }

    [Fact]
    public void Text_is_cut_at_a_whole_character_and_says_so()
    {
        var read = Text.Of("说？", maxLength: 3).Read(Input.Say("好😀😀😀"));

        Assert.Equal("好😀😀", read.Value);
        Assert.Equal(Phrases.CutAt(3), read.Note);
    }

    [Theory]
    [InlineData("没有"), InlineData("跳过"), InlineData("不用了"), InlineData("没有照片"), InlineData("跳过！")]
    public void Skipping_answers_with_the_value_given(string said) =>
        Assert.Equal("无", Text.Of("说？").Skippable("无", "没有照片").Answer(Input.Say(said)).Value);

    [Fact]
    public void Option_that_reads_like_a_repair_word_is_refused() =>
        Assert.Throws<ArgumentException>(() => Choice.Of("?", new ChoiceOption<int>(1, "取消")));

    [Fact]
    public void Refinements_are_copies()
    {
        var plain = Text.Of("说？");
        var refined = plain.Named("甲").Skippable("无");

        Assert.Equal("", plain.Name);
        Assert.Empty(plain.Put(Putting.AsEver, 0).Options);
        Assert.Equal(["跳过"], refined.Put(Putting.AsEver, 0).Options);
        Assert.NotEqual(plain.Fingerprint(), refined.Fingerprint());
    }
}
