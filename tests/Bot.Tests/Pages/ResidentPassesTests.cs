using Microsoft.Extensions.Time.Testing;
using WuShe.Bot.Pages.My;
using WuShe.Dialogs;

namespace WuShe.Bot.Tests.Pages;

/// <summary>The cookie of a resident's own pages.</summary>
public sealed class ResidentPassesTests
{
    private static readonly ConversationId Who = new("wechat.main", "oABC-def_|:1");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_pass_is_good_on_every_instance_until_its_end()
    {
        var pass = Passes("secret").Issue(Who);
        Assert.Equal(Who, Passes("secret").Read(pass));
        _time.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        Assert.Equal(Who, Passes("secret").Read(pass));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(Passes("secret").Read(pass));
    }

    [Fact]
    public void What_was_changed_or_signed_by_another_installation_is_none()
    {
        var passes = Passes("secret");
        var pass = passes.Issue(Who);
        var dot = pass.IndexOf('.', StringComparison.Ordinal);
        Assert.Null(Passes("another secret").Read(pass));
        Assert.Null(passes.Read(passes.Issue(new ConversationId("web", "x"))[..^44] + pass[dot..]));
        foreach (var bad in new[] { null, "", ".", "a", "a.b", "a.b.c", "é.é", pass + "x", pass[..^1], pass[..dot], "." + pass[(dot + 1)..], pass + "." + pass, new string('a', 2000) })
            Assert.Null(passes.Read(bad));
    }

    private ResidentPasses Passes(string secret) => new(secret, TimeSpan.FromHours(12), _time);
}
