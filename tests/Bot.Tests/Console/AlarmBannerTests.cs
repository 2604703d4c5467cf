using System.Net;
using Microsoft.Extensions.DependencyInjection;
using WuShe.Services.Common.Alarms;
using WuShe.Services.Common.Organisation;

namespace WuShe.Bot.Tests.Console;

/// <summary>What is wrong with a channel stands above every page of an admin.</summary>
public sealed class AlarmBannerTests
{
    private const string Words = "公众号「main」被微信限制，暂停发消息（48004）";

    [Fact]
    public async Task Admins_read_what_is_wrong_on_every_page_and_nobody_else_does()
    {
        await using var host = await ConsoleHost.Start(services => services.AddSingleton<OrganisationMap>().AddSingleton<IOrganisation, MappedOrganisation>());
        await host.Street();
        var board = host.App.Services.GetRequiredService<IAlarmBoard>();
        var admin = await host.SignIn("admin");
        Assert.DoesNotContain("data-testid=\"alarm\"", await Page(admin, "/staff"));

        await board.Raise("wechat:main:stopped", Words, DateTimeOffset.MaxValue);
        foreach (var path in new[] { "/staff", "/staff/places" })
        {
            var page = await Page(admin, path);
            Assert.Contains(Words, page);
            Assert.Contains("已处理", page);
        }

        Assert.DoesNotContain("48004", await Page(await host.SignIn("wang"), "/staff"));
    }

    private static async Task<string> Page(ConsoleHost.Visitor visitor, string path) =>
        WebUtility.HtmlDecode(await (await visitor.Get(path)).Content.ReadAsStringAsync());
}

internal sealed class AlarmsInMemory(TimeProvider time) : IAlarmBoard
{
    private readonly Dictionary<string, Alarm> _alarms = [];

    public Task Raise(string key, string words, DateTimeOffset until)
    {
        lock (_alarms) _alarms[key] = new Alarm(key, words, time.GetUtcNow());
        return Task.CompletedTask;
    }

    public Task Clear(string key)
    {
        lock (_alarms) _alarms.Remove(key);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Alarm>> Current()
    {
        lock (_alarms) return Task.FromResult<IReadOnlyList<Alarm>>([.. _alarms.Values]);
    }
}
