using Microsoft.Extensions.Time.Testing;
using WuShe.Fakes;
using WuShe.Integrations.Tests.Redis;
using WuShe.Integrations.WeChat;

namespace WuShe.Integrations.Tests.WeChat;

/// <summary>The JS-SDK's ticket: one for all instances.</summary>
public sealed class WeChatTicketTests(RedisServers servers) : IClassFixture<RedisServers>, IAsyncLifetime
{
    private const string GetTicket = "GET /cgi-bin/ticket/getticket";
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));
    private readonly string _appId = "wx" + Guid.NewGuid().ToString("N")[..16];
    private FakeWeChat _platform = null!;

    public static TheoryData<string> Servers => RedisServers.All;

    private int Fetched => _platform.Calls.Count(call => call == GetTicket);

    public async Task InitializeAsync() => _platform = await FakeWeChat.Start(_appId, WeChatInstance.Secret, _time);

    public async Task DisposeAsync() => await _platform.DisposeAsync();

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task Pages_opened_at_once_on_several_instances_fetch_one_ticket(string server)
    {
        await using var one = Instance(server);
        await using var two = Instance(server);
        WeChatInstance[] instances = [one, two];
        var tickets = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Get(instances[i % 2])));
        Assert.All(tickets, ticket => Assert.Equal("ticket-1", ticket));
        Assert.Equal(1, Fetched);
        _time.Advance(TimeSpan.FromMinutes(110));
        Assert.Equal("ticket-1", await Get(one));
        Assert.Equal(1, Fetched);
        _time.Advance(TimeSpan.FromMinutes(8));
        Assert.Equal("ticket-2", await Get(two));
        Assert.Equal("ticket-2", await Get(one));
        Assert.Equal(2, Fetched);
        Assert.All(one.Log.Lines.Concat(two.Log.Lines), line => Assert.DoesNotContain("ticket-1", line, StringComparison.Ordinal));
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task An_old_ticket_lasts_to_its_end_while_no_other_can_be_had(string server)
    {
        await using var one = Instance(server);
        await Get(one);
        _time.Advance(TimeSpan.FromMinutes(118));
        (_platform.Faults.Errors, _platform.Faults.Codes) = (1, [48001]);
        Assert.Equal("ticket-1", await Get(one));
        _time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(48001, (await Assert.ThrowsAsync<WeChatException>(() => Get(one))).Code);
        _platform.Faults.None();
        Assert.Equal("ticket-2", await Get(one));
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task A_dead_token_is_replaced_once(string server)
    {
        await using var one = Instance(server);
        await one.Get<WeChatTokens>().Get(one.Account, default);
        _platform.KillTokens();
        Assert.Equal("ticket-1", await Get(one));
        Assert.Equal(2, Fetched);
    }

    private WeChatInstance Instance(string server) => WeChatInstance.Start(servers.Connect(server), _platform, _appId, _time);

    private static Task<string> Get(WeChatInstance one) => one.Get<WeChatTickets>().Get(one.Account, default);
}
