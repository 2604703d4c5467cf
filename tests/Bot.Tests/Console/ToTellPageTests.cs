using WuShe.Services.Common.Messages;

namespace WuShe.Bot.Tests.Console;

/// <summary>What could not be told to residents, as staff see it.</summary>
public sealed class ToTellPageTests : IAsyncLifetime
{
    private ConsoleHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = await ConsoleHost.Start();
        await _host.Street();
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task What_found_no_way_is_listed_with_the_reason_and_shown_at_the_case()
    {
        var client = await _host.SignIn("wang");
        Assert.Contains("data-testid=\"empty\"", await Page(client, "/staff/to-tell"), StringComparison.Ordinal);
        var number = await _host.Report();
        await _host.Save(db => db.Add(new OutboxMessage
        {
            Key = $"case:{number}:3",
            To = "wechat.main:somebody",
            Content = """{"Messages":[{"Text":"您反映的事由网格员 王接单了，正在处理。"}]}""",
            DueAt = DateTimeOffset.UnixEpoch.AddYears(50),
            Parked = true,
            Attempts = 1,
            Outcome = "message: 45015 reply window closed",
        }));

        var listed = await Page(client, "/staff/to-tell");
        Assert.Contains(number, listed, StringComparison.Ordinal);
        Assert.Contains("接单了，正在处理", listed, StringComparison.Ordinal);
        Assert.Contains("居民太久没有说话", listed, StringComparison.Ordinal);
        Assert.Contains("还没送到，等居民下次说话时再发", await Page(client, $"/staff/cases/{number}"), StringComparison.Ordinal);
        Assert.DoesNotContain(number, await Page(await _host.SignIn("qing"), "/staff/to-tell"), StringComparison.Ordinal);
    }

    private static async Task<string> Page(ConsoleHost.Visitor visitor, string path) =>
        System.Net.WebUtility.HtmlDecode(await visitor.Http.GetStringAsync(new Uri(path, UriKind.Relative)));
}
