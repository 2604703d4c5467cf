using CsCheck;
using WuShe.Dialogs.Understanding;

namespace WuShe.Dialogs.Tests.Understanding;

public sealed class PlainTests
{
    [Theory]
    [InlineData("好", "好"), InlineData("  １２３　号 ", "123 号"), InlineData("a\u0000b\u0007c", "abc")]
    [InlineData("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"), InlineData("一\n二", "一\n二"), InlineData("\u202e反", "反"), InlineData("\ufeff", ""), InlineData("", "")]
    public void Words_are_cleaned(string said, string expected) => Assert.Equal(new PlainText(expected, false), Plain.Clean(said));

    [Fact]
    public void Lone_surrogates_are_dropped() => Assert.Equal("abc", Plain.Clean("a\ud800b\udc00c").Text);

    [Fact]
    public void Long_words_are_cut_at_a_whole_character()
    {
        var cut = Plain.Clean(string.Concat(Enumerable.Repeat("😀", 10_000)));

        Assert.True(cut.Cut);
        Assert.Equal(2 * Plain.MaxRunes, cut.Text.Length);
    }

    [Fact]
    public void Anything_can_be_cleaned_twice_with_the_same_result() =>
        Gen.Char.Array[0, 60].Select(chars => new string(chars)).Sample(said =>
        {
            var once = Plain.Clean(said).Text;
            Assert.Equal(once, Plain.Clean(once).Text);
            Plain.Key(once);
            Danger.Find(once);
            Numbers.TryRead(once, out _);
        });

    [Theory]
    [InlineData("十", 10), InlineData("十二", 12), InlineData("二十四", 24), InlineData("我选3吧", 3), InlineData("第二十个", 20)]
    [InlineData("百", 0), InlineData("123", 0), InlineData("3栋", 0), InlineData("零", 0), InlineData("十十", 0), InlineData("1 2", 0)]
    public void Numbers_are_read(string said, int expected)
    {
        Numbers.TryRead(said, out var number);

        Assert.Equal(expected, number);
    }

    [Theory]
    [InlineData("我家煤气泄漏了", "119"), InlineData("电梯困人了", "119"), InlineData("有人跳楼", "110"), InlineData("老人晕倒了", "120"), InlineData("救命", "110")]
    [InlineData("隔壁燃起来了", "119"), InlineData("我遭关到电梯头了", "119"), InlineData("娃儿不见了", "110"), InlineData("他要跳河", "110")]
    [InlineData("有人拿刀砍人", "110"), InlineData("电马儿把婆婆撞翻了", "122"), InlineData("婆婆摔了一跤爬不起来", "120"), InlineData("后山塌方了", "119")]
    public void Danger_is_answered_with_the_number_to_call(string said, string number) =>
        Assert.Contains(number, Danger.Call(Danger.Find(said)!.Value), StringComparison.Ordinal);

    [Theory]
    [InlineData("楼道灯坏了三天了"), InlineData("燃气灶打不着火"), InlineData("没着火，就是有烟"), InlineData("火大得很，物业不管")]
    [InlineData("去年这栋楼起过火"), InlineData("消防演习着火了往哪边跑"), InlineData("电梯困过人，已经救出来了"), InlineData("怕哪天煤气泄漏")]
    [InlineData("股票跌得我想跳楼"), InlineData("老人耳朵听不见了"), InlineData("落水管断了"), InlineData("一用空调就跳闸"), InlineData("被物业气得吐血")]
    public void Alarming_words_without_danger_are_none(string said) => Assert.Null(Danger.Find(said));
}
