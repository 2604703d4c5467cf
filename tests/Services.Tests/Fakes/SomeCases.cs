using WuShe.Services.Cases;

namespace WuShe.Services.Tests.Fakes;

/// <summary>Casework with two open cases and a closed one of the resident's own.</summary>
internal static class SomeCases
{
    private static readonly DateTimeOffset Due = new(2026, 3, 5, 10, 0, 0, TimeSpan.Zero);

    /// <summary>Closed four weeks ago: too late to open it again.</summary>
    private static RatableCase Settled => new("260126-0005", "公共照明：门口路灯不亮", false) { ClosedAt = new DateTimeOffset(2026, 2, 2, 0, 0, 0, TimeSpan.Zero), TooLate = true };

    /// <summary>Casework with that one alone.</summary>
    public static FakeCases OnlySettled()
    {
        var cases = new FakeCases();
        cases.Closed.Add(Settled);
        return cases;
    }

    public static FakeCases Filled(int open = 2)
    {
        var cases = new FakeCases();
        cases.Mine.Add(Story("260302-0002", "公共照明：楼道灯坏了三天了", "正在办"));
        if (open > 1) cases.Mine.Add(Story("260228-0011", "环境卫生：垃圾没人清", "等人接手"));
        cases.Closed.Add(Settled);
        cases.Closed.Add(new RatableCase("260227-0003", "电梯：电梯门关不上", false) { ClosedAt = cases.Now.AddDays(-2) });
        return cases;
    }

    /// <summary>One open and one closed case of a neighbour's that the resident follows.</summary>
    public static FakeCases Following()
    {
        var cases = new FakeCases();
        var story = Story("260302-0002", "公共照明：楼道灯不亮", "正在办");
        cases.Mine.Add(story with { Summary = story.Summary with { Follows = true } });
        cases.Closed.Add(new RatableCase("260227-0003", "电梯：电梯门关不上", false) { Follows = true });
        return cases;
    }

    /// <summary>What a neighbour reported yesterday at 翠湖苑3栋; with <paramref name="count"/> 2 one more, of five days ago.</summary>
    public static FakeCases Nearby(int count, string last = "0007")
    {
        var cases = new FakeCases();
        cases.Nearby.Add(("lighting", new NearbyCase($"260301-{last}", "公共照明：楼道灯不亮", "翠湖苑3栋2单元", Due.AddDays(-4))));
        if (count > 1) cases.Nearby.Add(("lighting", new NearbyCase("260225-0003", "公共照明：一楼门口的灯闪", "翠湖苑3栋", Due.AddDays(-8))));
        return cases;
    }

    private static CaseStory Story(string number, string title, string state) => new(
        new CaseSummary(number, title, state, "网格员 王", Due),
        ["3月2日（周一）09:00 您反映了这件事，我们收到了。", "3月2日（周一）09:00 已派给网格员 王。", "下一步：网格员 王在3月5日（周四）前给您答复。"])
    {
        WhyHere = "3月2日（周一）09:00 派给网格员 王。现在由网格员 王负责。",
        WhyLate = "没有超时，3月5日（周四）前给答复。",
    };
}
