using System.Net;
using WuShe.Integrations.BotFramework;

namespace WuShe.Integrations.Tests.BotFramework;

public sealed class PublicAddressesTests
{
    [Theory]
    [InlineData("8.8.8.8"), InlineData("223.5.5.5"), InlineData("172.32.0.1"), InlineData("2400:3200::1"), InlineData("::ffff:8.8.8.8")]
    public void Public(string address) => Assert.True(PublicAddresses.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1"), InlineData("10.1.2.3"), InlineData("172.16.0.1"), InlineData("192.168.1.1"), InlineData("169.254.169.254")]
    [InlineData("100.64.0.1"), InlineData("0.0.0.0"), InlineData("224.0.0.1"), InlineData("255.255.255.255")]
    [InlineData("::1"), InlineData("::"), InlineData("fe80::1"), InlineData("fd00::1"), InlineData("ff02::1")]
    [InlineData("::ffff:10.0.0.1"), InlineData("::ffff:127.0.0.1"), InlineData("64:ff9b::a00:1"), InlineData("2002:a00:1::")]
    public void Not_public(string address) => Assert.False(PublicAddresses.IsPublic(IPAddress.Parse(address)));

    [Fact]
    public async Task A_name_that_leads_here_is_not_followed()
    {
        using var http = new HttpClient(PublicAddresses.Handler());
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => http.GetAsync(new Uri("http://localhost:1/")));
        Assert.True(refused is PrivateAddressException || refused.InnerException is PrivateAddressException, refused.ToString());
    }
}
