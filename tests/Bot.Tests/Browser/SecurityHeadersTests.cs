using WuShe.Bot.Pages;

namespace WuShe.Bot.Tests.Browser;

public sealed class SecurityHeadersTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("/tiles/{z}/{x}/{y}.png", null)]
    [InlineData("https://tiles.example.org:8443/{z}/{x}/{y}.png", " https://tiles.example.org:8443")]
    [InlineData("https://{s}.tile.example.org/{z}/{x}/{y}.png", " https://*.tile.example.org")]
    [InlineData("http://web{s}.is.example.com/appmaptile?x={x}", " http://*.is.example.com")]
    [InlineData("https://a.org; script-src *", " https://a.org")]
    public void The_host_of_the_map_is_allowed_for_pictures(string? template, string? source) =>
        Assert.Equal(source, SecurityHeaders.TileSource(template));
}
