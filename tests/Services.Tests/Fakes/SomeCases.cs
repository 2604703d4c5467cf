using WuShe.Services.Cases;

namespace WuShe.Services.Tests.Fakes;

/// <summary>Casework with two open cases and a closed one of the resident's own.</summary>
internal static class SomeCases
{
    private static readonly DateTimeOffset Due = new(2026, 3, 5, 10, 0, 0, TimeSpan.Zero);

    public static FakeCases Filled(int open = 2)
    {
        var cases = new FakeCases();
        cases.Mine.Add(Story("260302-0002", "公共照明：楼道灯坏了三天了", "正在办"));
        if (open > 1) cases.Mine.Add(Story("260228-0011", "环境卫生：垃圾没人清", "等人接手"));
        cases.Closed.Add(new RatableCase("260227-0003", "电梯：电梯门关不上", false));
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
