using WuShe.Services.Common.Organisation;
using WuShe.Services.Tests.Fakes;

namespace WuShe.Services.Tests.ProblemReports;

/// <summary>What is taken for a place at once, and what is asked once more.</summary>
public sealed class PlaceSoundingTests
{
    private readonly PlaceSounding _sounding = new(new FakePlaces(), Talks.Understanding);

    [Theory]
    [InlineData("翠湖苑3栋")]
    [InlineData("三栋二单元")]
    [InlineData("3-2-501")]
    [InlineData("28号")]
    [InlineData("我们这边六楼")]
    [InlineData("南门坝坝")]
    [InlineData("就在南门坝坝那里嘛")]
    [InlineData("老粮站那个坡坡上")]
    [InlineData("王家院子")]
    [InlineData("菜市场背后")]
    [InlineData("我家门口")]
    [InlineData("学校对面那个巷子里头")]
    [InlineData("小卖部")]
    [InlineData("大黄葛树")]
    public void Places_are_taken_at_once(string words) => Assert.True(_sounding.MayBePlace(words));

    [Theory]
    [InlineData("气死人了")]
    [InlineData("照片呢")]
    [InlineData("你们好久来嘛")]
    [InlineData("确认提交")]
    [InlineData("满意")]
    [InlineData("我要气死了")]
    [InlineData("快点来人嘛")]
    [InlineData("3")]
    [InlineData("谢谢你们哈")]
    public void Other_words_are_asked_once_more(string words) => Assert.False(_sounding.MayBePlace(words));
}
