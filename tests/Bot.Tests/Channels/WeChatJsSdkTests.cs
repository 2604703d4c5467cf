using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using WuShe.Bot.Channels;
using WuShe.Bot.Tests.WeChatStory;

namespace WuShe.Bot.Tests.Channels;

/// <summary>Signatures for pages that use the JS-SDK.</summary>
public sealed class WeChatJsSdkTests
{
    [Fact]
    public async Task Pages_of_our_own_origin_are_signed_without_their_fragment_and_others_are_refused()
    {
        await using var world = await WeChatWorld.Start(settings: ("PublicUrl", "https://shequ.example/"));
        using var answer = await Get(world, "https://shequ.example/my/cases/261128-0001?account=main&q=路灯#top");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var given = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var (nonce, at) = (given.GetProperty("nonceStr").GetString(), given.GetProperty("timestamp").GetInt64());
        // Written out anew: the order of the four, the page's address as it is, what follows # cut off.
        var signed = $"jsapi_ticket=ticket-1&noncestr={nonce}&timestamp={at}&url=https://shequ.example/my/cases/261128-0001?account=main&q=路灯";
#pragma warning disable CA5350 // Fixed by the protocol.
        Assert.Equal(Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(signed))), given.GetProperty("signature").GetString());
#pragma warning restore CA5350
        Assert.Equal("wx5823bf96d3bd56c7", given.GetProperty("appId").GetString());
        Assert.InRange(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - at, 0, 60);

        foreach (var foreign in new[] { "https://evil.example/", "http://shequ.example/", "https://shequ.example:8443/", "https://shequ.example.evil.example/", "https://shequ.example@evil.example/", "javascript:alert(1)", "/my" })
            Assert.Equal((foreign, HttpStatusCode.Forbidden), (foreign, await Status(world, foreign)));
        foreach (var nothing in new[] { "", "https://shequ.example/a b", "https://shequ.example/" + new string('a', 2048) })
            Assert.Equal((nothing, HttpStatusCode.BadRequest), (nothing, await Status(world, nothing)));
        using var nobody = await world.Http.GetAsync(new Uri(world.Bot.Address, "wechat/nobody/jssdk?url=https%3A%2F%2Fshequ.example%2F"));
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
        Assert.Single(world.Platform.Calls, call => call.EndsWith("/getticket", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://user@shequ.example/", false)]
    [InlineData("https://shequ.example\\@evil.example/", false)]
    [InlineData("https:\\\\shequ.example/", false)]
    [InlineData("https:/shequ.example/", false)]
    [InlineData("HTTPS://SHEQU.example/my", true)]
    [InlineData("https://shequ.example:443/my", true)]
    [InlineData("https://shequ.example", true)]
    public void Only_what_every_reader_takes_for_our_origin_is_ours(string text, bool ours) =>
        Assert.Equal(ours, Uri.TryCreate(text, UriKind.Absolute, out var page) && WeChatJsSdk.IsOurs(page, text, new Uri("https://shequ.example")));

    private static async Task<HttpStatusCode> Status(WeChatWorld world, string url)
    {
        using var answer = await Get(world, url);
        return answer.StatusCode;
    }

    private static Task<HttpResponseMessage> Get(WeChatWorld world, string url) =>
        world.Http.GetAsync(new Uri(world.Bot.Address, "wechat/main/jssdk?url=" + Uri.EscapeDataString(url)));
}
