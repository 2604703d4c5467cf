using System.Net;
using System.Text.RegularExpressions;

namespace WuShe.Bot.Tests.Browser;

/// <summary>The built service as its own process: what it serves to browsers, and that it comes back on the same port.</summary>
public sealed class ServedPagesTests
{
    [Fact]
    public async Task The_pages_and_what_they_load_are_served_with_the_security_headers()
    {
        await using var bot = await RunningBot.Start();
        using var http = new HttpClient(new HttpClientHandler { AutomaticDecompression = DecompressionMethods.All }) { BaseAddress = bot.Address };
        foreach (var page in new[] { "", "chat" })
        {
            using var answer = await http.GetAsync(new Uri(page, UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Contains("script-src 'self';", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            var html = await answer.Content.ReadAsStringAsync();
            Assert.DoesNotMatch("<script(?![^>]* src=)|\\son[a-z]+=", html);
            foreach (Match loaded in Regex.Matches(html, "(?:src|href)=\"([^\"#?]+\\.(?:js|css|svg))\""))
            {
                using var file = await http.GetAsync(new Uri(loaded.Groups[1].Value, UriKind.Relative));
                Assert.True(file.IsSuccessStatusCode, $"{loaded.Groups[1].Value}: {file.StatusCode}");
            }
        }
        // Nothing writes notices yet, so the page neither shows one nor promises any.
        Assert.Contains("<p class=\"quiet\">暂时没有通知。", await http.GetStringAsync(new Uri("", UriKind.Relative)), StringComparison.Ordinal);
        // Only what programs read goes without a page's headers: an address where nothing is gets them all.
        using (var nothing = await http.GetAsync(new Uri("wecom/main", UriKind.Relative)))
            Assert.True(nothing.StatusCode == HttpStatusCode.NotFound && nothing.Headers.Contains("Content-Security-Policy"));
        Assert.True((await http.GetByteArrayAsync(new Uri("lib/webchat/webchat.js", UriKind.Relative))).Length > 3_000_000);
        Assert.Contains("Leaflet", await http.GetStringAsync(new Uri("lib/leaflet/leaflet.js", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_comes_back_on_the_same_port_after_a_kill_and_after_a_stop()
    {
        await using var bot = await RunningBot.Start();
        using var http = new HttpClient { BaseAddress = bot.Address };
        var first = bot.Id;
        await bot.KillAndRun();
        Assert.NotEqual(first, bot.Id);
        await bot.Stop();
        Assert.Equal(0, bot.Id);
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri("health/live", UriKind.Relative)));
        await bot.Run();
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("health/live", UriKind.Relative))).StatusCode);
    }
}
