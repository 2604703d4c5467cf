using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Staff;

namespace WuShe.Services.Tests.Staff;

public sealed class PasswordRulesTests
{
    private readonly StaffUser _wang = new() { DisplayName = "网格员 王", UserName = "wangxiaoming" };

    [Theory]
    [InlineData("短密码")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("password2026")]
    [InlineData("1234567890")]
    [InlineData("Wangxiaoming1")]
    [InlineData("shequ123456")]
    public async Task What_guessers_try_first_is_refused(string password) =>
        Assert.False((await new PasswordRules().ValidateAsync(null!, _wang, password)).Succeeded);

    [Theory]
    [InlineData("三棵柳树下的收音机很响")]
    [InlineData("correct horse battery")]
    [InlineData("kx7-vq2-mpz-r4")]
    public async Task Long_and_unlikely_is_enough(string password) =>
        Assert.True((await new PasswordRules().ValidateAsync(null!, _wang, password)).Succeeded);

    [Fact]
    public async Task Sixty_four_characters_and_more_are_fine_but_not_without_end()
    {
        var rules = new PasswordRules();
        var long64 = string.Concat(Enumerable.Repeat("柳树收音机晾衣绳茶", 8))[..64];
        Assert.True((await rules.ValidateAsync(null!, _wang, long64)).Succeeded);
        Assert.False((await rules.ValidateAsync(null!, _wang, string.Concat(Enumerable.Repeat(long64, 3)))).Succeeded);
    }
}
