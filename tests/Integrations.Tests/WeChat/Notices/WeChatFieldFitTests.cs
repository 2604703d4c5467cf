using System.Text.RegularExpressions;
using CsCheck;
using WuShe.Integrations.WeChat.Notices;

namespace WuShe.Integrations.Tests.WeChat.Notices;

/// <summary>Values in templates' fields: short enough, and no number cut in its middle.</summary>
public sealed partial class WeChatFieldFitTests
{
    private static readonly string[] Kinds = ["thing1", "short_thing2", "name3", "keyword4", "const5", "phrase6", "character_string7", "number8", "time9"];
    private static readonly WeChatFieldLimits Limits = new();

    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Const("公共照明："), Gen.Const("3栋2单元"), Gen.Const("（晚上九点以后）"), Gen.Const("电话023-63001234"), Gen.Const("，"), Gen.Const("。"), Gen.Const("😀"),
        Gen.Const("\n"), Gen.Int[0, 99_999_999].Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture)), Gen.Const("路灯不亮了好几天"), Gen.String[Gen.Char["楼道灯坏了AB 7：;-"], 0, 12])
        .Array[0, 8].Select(string.Concat);

    [Theory]
    [InlineData("thing1", "公共照明：路灯不亮", "公共照明：路灯不亮")]
    [InlineData("thing1", "公共照明：3栋2单元一楼到六楼的楼道灯全部不亮", "3栋2单元一楼到六楼的楼道灯全部不亮")]
    [InlineData("thing1", "楼道灯换好了（从一楼到六楼都换成了声控的新灯），谢谢", "楼道灯换好了，谢谢")]
    [InlineData("thing1", "已经联系物业更换，明天上午之前可以修好，请您耐心等待", "已经联系物业更换，明天上午之前可以修好")]
    [InlineData("thing1", "请打值班室的固定电话联系我们023-63001234", "请打值班室的固定电话联系我们…")]
    [InlineData("thing1", "一二三\n四五六", "一二三 四五六")]
    [InlineData("thing1", "修好了😀", "修好了")]
    [InlineData("thing1", "3（从左边数起的那一个门）4号楼的灯坏了好几天了", "3 4号楼的灯坏了好几天了")]
    [InlineData("keyword1", "公共照明：3栋2单元一楼到六楼的楼道灯全部不亮", "3栋2单元一楼到六楼的楼道灯全部不亮")]
    [InlineData("character_string2", "261128-0001", "261128-0001")]
    [InlineData("character_string2", "编号261128", null)]
    [InlineData("phrase3", "正在处理", "正在处理")]
    [InlineData("phrase3", "正在等配件", "正在等配件")]
    [InlineData("phrase3", "正在处理中了", null)]
    [InlineData("phrase3", "OK", null)]
    [InlineData("time4", "2026-11-28 15:01", "2026-11-28 15:01")]
    [InlineData("date4", "2019年10月1日 15:01~16:00", "2019年10月1日 15:01~16:00")]
    [InlineData("time4", "明天", null)]
    [InlineData("amount5", "¥1800.5元", "¥1800.5元")]
    [InlineData("number6", "12.50", "12.50")]
    [InlineData("number6", "十二", null)]
    [InlineData("phone_number7", "023-63001234", "023-63001234")]
    [InlineData("name8", "网格员 王", "网格员 王")]
    [InlineData("name8", "Maximilian Mueller", "Maximilian Mueller")]
    [InlineData("letter9", "abc", "abc")]
    [InlineData("symbol1", "！？", "！？")]
    [InlineData("thing1", " \n ", null)]
    [InlineData("thing1", "123456789012345678901234567890", null)]
    public void Values_fit_by_meaning(string field, string value, string? fitted) => Assert.Equal(fitted, WeChatFieldFit.Fit(field, value, Limits));

    [Fact]
    public void What_fits_is_short_and_its_numbers_are_whole() =>
        Gen.Select(Texts, Gen.Int[0, Kinds.Length - 1].Select(at => Kinds[at])).Sample((text, field) =>
        {
            if (WeChatFieldFit.Fit(field, text, Limits) is not { } fitted) return;
            var most = Limits.Of(WeChatFieldFit.TypeOf(field));
            Assert.InRange(fitted.Length, 1, field == "name3" && !fitted.Any(c => c > 0xFF) ? most * 2 : most);
            Assert.DoesNotContain(fitted, char.IsControl);
            var all = Digits().Matches(text.Replace("\n", " ", StringComparison.Ordinal)).Select(match => match.Value).ToHashSet();
            Assert.All(Digits().Matches(fitted), number => Assert.Contains(number.Value, all));
        }, iter: 3000);

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
