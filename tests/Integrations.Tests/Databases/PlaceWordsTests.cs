using WuShe.Services.Common.Organisation;

namespace WuShe.Integrations.Tests.Databases;

public sealed class PlaceWordsTests
{
    [Theory]
    [InlineData("南门坝坝", "南门坝坝"), InlineData("我在南门坝坝旁边", "南门坝坝"), InlineData("就在那个南门坝坝那里。", "南门坝坝"), InlineData("南门坝坝对面的门口", "南门坝坝")]
    [InlineData("门口", ""), InlineData("", ""), InlineData("我", ""), InlineData(" 歪脖子 树 ", "歪脖子树"), InlineData("Ｃ区花园", "C区花园"), InlineData("叁号院", "三号院")]
    public void What_is_left_to_look_up(string words, string key) => Assert.Equal(key, PlaceWords.Key(words));

    [Theory]
    [InlineData("单元门口"), InlineData("四楼"), InlineData("4楼"), InlineData("楼顶"), InlineData("坝坝头"), InlineData("地下车库"), InlineData("负一楼"), InlineData("小区门口")]
    [InlineData("二单元进门那里"), InlineData("三楼到四楼那一段"), InlineData("楼下烧烤店"), InlineData("大门口旁边"), InlineData("河边"), InlineData("女厕所门口"), InlineData("六楼往上")]
    public void What_every_estate_has_still_has_to_be_placed(string words) => Assert.True(PlaceWords.IsGeneral(words));

    [Theory]
    [InlineData("3栋2单元"), InlineData("3栋"), InlineData("南门菜鸟驿站"), InlineData("建设路28号"), InlineData("石坪村"), InlineData("金科十年城六栋"), InlineData("3-2-501"), InlineData(""), InlineData("七号楼")]
    public void What_has_a_name_or_a_number_is_a_place(string words) => Assert.False(PlaceWords.IsGeneral(words));
}
