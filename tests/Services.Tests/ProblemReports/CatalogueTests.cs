using WuShe.Dialogs.Understanding;
using WuShe.Services.ProblemReports;

namespace WuShe.Services.Tests.ProblemReports;

public sealed class CatalogueTests
{
    private static readonly Catalogue Catalogue = new();

    [Theory]
    [InlineData("3栋2单元楼道灯坏了三天了", "lighting")]
    [InlineData("晚上小区里头黢黑，路灯一个都不亮", "lighting")]
    [InlineData("楼下下水道堵了，污水都冒出来了", "drainage")]
    [InlineData("家里没得水了，水龙头不出水", "water")]
    [InlineData("整栋楼停电两个小时了", "power")]
    [InlineData("楼道里有煤气味", "gas")]
    [InlineData("电梯又停在半中间了", "elevator")]
    [InlineData("外墙瓷砖脱落，差点砸到人", "building")]
    [InlineData("楼上漏水，天花板都湿了", "building")]
    [InlineData("马路上井盖不见了", "road")]
    [InlineData("垃圾桶满了几天没人清运", "sanitation")]
    [InlineData("厨房偷油婆多得很，耗子也多", "sanitation")]
    [InlineData("广场舞太吵了，晚上睡不着", "noise")]
    [InlineData("楼下烧烤店油烟熏人", "air")]
    [InlineData("有车乱停，消防车都进不来", "parking")]
    [InlineData("有人把电瓶车推上楼充电", "parking|fire-safety|")]
    [InlineData("楼道堆放杂物，消防通道都堵起了", "fire-safety")]
    [InlineData("楼上有人往下扔烟头", "falling-objects")]
    [InlineData("单元门门禁坏了，陌生人随便进", "security")]
    [InlineData("有人遛狗不牵绳", "pets")]
    [InlineData("顶楼有人私搭阳光房", "illegal-construction")]
    [InlineData("大树枝丫要断了，没人修剪", "greenery")]
    [InlineData("健身器材生锈了", "facilities")]
    [InlineData("物业乱收费，物业费又涨了", "property")]
    [InlineData("跟隔壁邻居扯筋，想找人评理", "neighbour-dispute")]
    [InlineData("门口小贩占道经营", "vendors")]
    [InlineData("我们楼有个独居老人没人照顾", "care")]
    public void A_sentence_is_put_where_it_belongs(string words, string codes) =>
        Assert.Contains(Catalogue.Guess(words)?.Code ?? "", codes.Split('|'));

    [Theory]
    [InlineData("")]
    [InlineData("有件事麻烦你们看看")]
    [InlineData("电梯和路灯")]
    public void Words_that_name_nothing_or_two_things_are_left_open(string words) => Assert.Null(Catalogue.Guess(words));

    [Fact]
    public void The_catalogue_is_whole()
    {
        Assert.Equal(24, Catalogue.Kinds.Count);
        Assert.Equal(24, Catalogue.Kinds.Select(kind => kind.Code).Distinct().Count());
        Assert.All(Catalogue.Kinds, kind =>
        {
            Assert.InRange(kind.Limit, 1, 10);
            Assert.Contains(kind.Scope, (string[])["government", "community", "private"]);
            Assert.Contains(kind.Role, (string[])["grid", "social-worker"]);
            Assert.Null(CategoryRules.Refusal(kind, Catalogue));
            Assert.True(kind.Words.Count >= 10 || kind.Code == "other");
        });
        Assert.Empty(Catalogue.Kinds.SelectMany(kind => kind.Words).GroupBy(word => word).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Theory]
    [InlineData("question", 3)]
    [InlineData("request", 7)]
    [InlineData("complaint", 15)]
    public void A_kind_without_its_own_limit_takes_that_of_its_nature(string nature, int days) =>
        Assert.Equal(days, new Catalogue(Catalogue.Natures, [Catalogue.Other with { OwnLimit = null, Nature = nature }])["other"].Limit);

    [Theory]
    [InlineData("路灯坏了")]
    [InlineData("小区门口的垃圾没人管")]
    [InlineData("楼上漏水")]
    [InlineData("井盖破了")]
    [InlineData("停电了")]
    [InlineData("您好，请问3栋路灯坏了找哪个修，谢谢")]
    public void A_complaint_opens_a_report(string words) => Assert.Equal(Intents.Report, Talks.Understanding.Read(words).Intent.Code);

    [Theory]
    [InlineData("你好")]
    [InlineData("今天天气怎么样")]
    [InlineData("我想预约律师咨询邻里纠纷")]
    [InlineData("谢谢，垃圾已经清了")]
    public void Other_words_do_not(string words) => Assert.NotEqual(Intents.Report, Talks.Understanding.Read(words).Intent.Code);
}
