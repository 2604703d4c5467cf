using WuShe.Services.Common.Organisation;

namespace WuShe.Integrations.Tests.Databases;

public sealed class PlaceWordsTests
{
    [Theory]
    [InlineData("南门坝坝", "南门坝坝"), InlineData("我在南门坝坝旁边", "南门坝坝"), InlineData("就在那个南门坝坝那里。", "南门坝坝"), InlineData("南门坝坝对面的门口", "南门坝坝")]
    [InlineData("门口", ""), InlineData("", ""), InlineData("我", ""), InlineData(" 歪脖子 树 ", "歪脖子树"), InlineData("Ｃ区花园", "C区花园"), InlineData("叁号院", "三号院")]
    public void What_is_left_to_look_up(string words, string key) => Assert.Equal(key, PlaceWords.Key(words));
}
