using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using WuShe.Bot.Console;
using WuShe.Services.Cases;
using WuShe.Services.Common;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Staff;

namespace WuShe.Bot.Tests.Console;

/// <summary>Pages as they first arrive, before any script runs.</summary>
public sealed class CasePagesTests : IAsyncLifetime
{
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0];
    private ConsoleHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = await ConsoleHost.Start();
        await _host.Street();
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task The_grid_worker_sees_the_case_and_the_other_room_does_not()
    {
        var number = await _host.Report();
        var wang = await Words(await _host.SignIn("wang"), "/staff");
        var qing = await Words(await _host.SignIn("qing"), "/staff");

        Assert.Contains(number, wang);
        Assert.Contains("3栋2单元楼道灯坏了", wang);
        Assert.DoesNotContain(number, qing);
        Assert.Contains("没有等待接单的案件", qing);
    }

    [Fact]
    public async Task The_case_page_has_words_place_history_and_what_may_be_done()
    {
        var number = await _host.Report();
        var page = await Words(await _host.SignIn("wang"), $"/staff/cases/{number}");

        Assert.Contains("晚上老人上下楼看不见", page);
        Assert.Contains("翠湖苑3栋2单元（翠湖一网格）", page);
        Assert.Contains("data-testid=\"claim\"", page);
        Assert.DoesNotContain("data-testid=\"write-close\"", page);
        Assert.Contains("受理", page);
    }

    [Fact]
    public async Task Somebody_elses_case_looks_like_an_unknown_number()
    {
        var number = await _host.Report();
        var qing = await _host.SignIn("qing");
        var others = await Words(qing, $"/staff/cases/{number}");
        var unknown = await Words(qing, "/staff/cases/990101-0001");

        Assert.Contains("没有这个案件", others);
        Assert.DoesNotContain("楼道灯", others);
        Assert.Equal(Body(unknown), Body(others));
    }

    [Fact]
    public async Task Pictures_are_served_to_those_who_may_see_the_case()
    {
        var attachments = _host.App.Services.GetRequiredService<IAttachments>();
        var picture = await attachments.Keep(new("web", "resident"), "", Jpeg, Jpeg, default);
        await _host.Report(pictures: picture.Id);

        var seen = await (await _host.SignIn("wang")).Get($"/staff/files/{picture.Id}?size=small");
        Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
        Assert.Equal("image/jpeg", seen.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", seen.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(HttpStatusCode.NotFound, (await (await _host.SignIn("qing")).Get($"/staff/files/{picture.Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await (await _host.SignIn("wang")).Get("/staff/files/unknown")).StatusCode);
        Assert.Equal("/staff/sign-in", (await _host.Visit().Get($"/staff/files/{picture.Id}")).RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Fact]
    public async Task Only_admins_are_let_to_the_jobs()
    {
        await using var host = await ConsoleHost.Start(map: app => app.MapGet("/jobs", () => "jobs").RequireAuthorization(StaffPolicies.Admin));
        await host.Street();

        Assert.Equal("jobs", await Words(await host.SignIn("admin"), "/jobs"));
        Assert.Contains("没有权限", await Words(await host.SignIn("wang"), "/jobs"));
        Assert.Contains("登录工作台", await Words(host.Visit(), "/jobs"));
        Assert.Contains("jobs-link", await Words(await host.SignIn("admin"), "/staff"));
        Assert.DoesNotContain("jobs-link", await Words(await host.SignIn("wang"), "/staff"));
    }

    [Fact]
    public void Every_page_says_who_may_open_it()
    {
        var pages = new[] { typeof(ConsoleApp).Assembly, typeof(CaseWork).Assembly }.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsDefined(typeof(RouteAttribute), false)).ToList();

        Assert.True(pages.Count >= 6);
        Assert.All(pages, page => Assert.True(
            page.IsDefined(typeof(AuthorizeAttribute), false) || page.IsDefined(typeof(AllowAnonymousAttribute), false), page.Name));
    }

    [Fact]
    public async Task The_frame_names_the_person_and_the_unit()
    {
        var page = await Words(await _host.SignIn("wang"), "/staff");
        Assert.Contains("网格员 王", page);
        Assert.Contains("网格员 · 翠湖社区", page);
    }

    [Fact]
    public async Task Reopened_and_rated_cases_say_so()
    {
        var number = await _host.Report();
        var work = _host.App.Services.GetRequiredService<CaseWork>();
        var wang = await Actor("wang");
        await work.Claim(number, wang, default);
        await work.Close(number, wang, "换了灯泡。", [], default);
        await _host.App.Services.GetRequiredService<ICases>().Rate(
            number, Satisfaction.VeryDissatisfied, "还是不亮", new(new("web", "resident")), new("rate"), default);

        var visitor = await _host.SignIn("wang");
        Assert.Contains("data-testid=\"reopened\"", await Words(visitor, "/staff?shelf=mine"));
        var page = await Words(visitor, $"/staff/cases/{number}");
        Assert.Contains("居民反映没解决，已重开", page);
        Assert.Contains("还是不亮", page);
        Assert.Contains("非常不满意", page);
    }

    [Fact]
    public async Task Everything_the_pages_load_comes_from_here()
    {
        await _host.Report();
        var visitor = await _host.SignIn("wang");
        var page = await Words(visitor, "/staff");
        var loaded = System.Text.RegularExpressions.Regex.Matches(page, "<(?:script src|link rel=\"stylesheet\" href)=\"([^\"]+)\"").Select(m => m.Groups[1].Value).ToList();

        Assert.True(loaded.Count >= 4, page);
        foreach (var address in loaded)
        {
            Assert.DoesNotContain("//", address);
            Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/" + address.TrimStart('/'))).StatusCode);
        }
    }

    private async Task<StaffActor> Actor(string login)
    {
        StaffUser? staff = null;
        await _host.Save(db => staff = db.Users.Single(u => u.UserName == login));
        return new StaffActor(staff!.Id, staff.DisplayName, staff.Role, staff.UnitId);
    }

    private static async Task<string> Words(ConsoleHost.Visitor visitor, string path) =>
        WebUtility.HtmlDecode(await (await visitor.Get(path)).Content.ReadAsStringAsync());

    private static string Body(string page) => page[page.IndexOf("<main", StringComparison.Ordinal)..page.IndexOf("</main>", StringComparison.Ordinal)];
}
