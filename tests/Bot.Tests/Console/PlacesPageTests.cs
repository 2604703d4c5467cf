using System.Net;
using Microsoft.Extensions.DependencyInjection;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Cases;
using WuShe.Services.Common.Organisation;

namespace WuShe.Bot.Tests.Console;

public sealed class PlacesPageTests : IAsyncLifetime
{
    private ConsoleHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = await ConsoleHost.Start(services => services.AddSingleton<OrganisationMap>().AddSingleton<IOrganisation, MappedOrganisation>());
        await _host.Street();
        await _host.Add("li", "社工 李", Role.SocialWorker, CasesOnSqlite.Room);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Cases_nobody_could_place_stand_under_their_words()
    {
        foreach (var words in new[] { "歪脖子树旁边", "我在歪脖子树" }) await Lost(words);
        var page = await Words("li");

        Assert.Contains("data-key=\"歪脖子树\"", page);
        Assert.Contains("2 件", page);
        Assert.Contains("翠湖一网格（翠湖社区）", page);
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(page, "data-testid=\"group\""));
    }

    [Fact]
    public async Task A_grid_worker_is_told_who_teaches_places()
    {
        await Lost("歪脖子树");
        var page = await Words("wang");

        Assert.Contains("data-testid=\"not-allowed\"", page);
        Assert.DoesNotContain("歪脖子树", page);
    }

    [Fact]
    public async Task Without_lost_cases_the_page_says_so() => Assert.Contains("所有事都找到了位置", await Words("li"));

    private async Task Lost(string words) => await _host.App.Services.GetRequiredService<ICases>().Open(
        new NewCase("问题上报", "路灯不亮", "路灯不亮", new Spot(words, null, null, null), 3, []),
        new Resident(new ConversationId("web", "resident")), new IdempotencyKey(Guid.NewGuid().ToString()), default);

    private async Task<string> Words(string login) =>
        WebUtility.HtmlDecode(await (await (await _host.SignIn(login)).Get("/staff/places")).Content.ReadAsStringAsync());
}
