using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WuShe.Integrations.WeCom;

namespace WuShe.Integrations.Tests.WeCom;

/// <summary>A wrong setting is named by its key, and its value is not repeated.</summary>
public class WeComOptionsTests
{
    private const string Key = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";

    [Theory]
    [InlineData("CorpId", "")]
    [InlineData("CorpId", "ww 1&x")]
    [InlineData("ApiBaseUrl", "example.org")]
    [InlineData("StaffApp", "none")]
    [InlineData("TimestampWindow", "00:00:10")]
    [InlineData("ReplyWithin", "00:00:06")]
    [InlineData("RobotPostsPerMinute", "1")]
    [InlineData("MemberMessagesPerMinute", "0")]
    [InlineData("MemberMessagesPerHour", "0")]
    [InlineData("ChatMessagesPerMinute", "0")]
    [InlineData("ChatMessagesPerDay", "0")]
    [InlineData("Limits:TextBytes", "0")]
    [InlineData("Limits:CardCode", "0")]
    [InlineData("Limits:DuplicateCheck", "0")]
    [InlineData("Limits:BotCard:Title", "-1")]
    [InlineData("Apps:desk:AgentId", "")]
    [InlineData("Apps:desk:AgentId", "one")]
    [InlineData("Apps:desk:Secret", "")]
    [InlineData("Apps:desk:Token", "")]
    [InlineData("Apps:desk:Token", "a token")]
    [InlineData("Apps:desk:EncodingAesKey", "")]
    [InlineData("Apps:desk:EncodingAesKey", "too-short")]
    [InlineData("Apps:desk:PreviousEncodingAesKey", "too-short")]
    [InlineData("Apps:Desk_2", "", "Apps:Desk_2:Secret", "s")]
    [InlineData("Bots:desk", "", "Bots:desk:WebhookUrl", "https://example.org/?key=secret")]
    [InlineData("Bots:group:WebhookUrl", "https://example.org/send")]
    [InlineData("Bots:group:WebhookUrl", "file:///key=x")]
    [InlineData("Bots:lone", "", "Bots:lone:Unit", "翠湖社区")]
    [InlineData("Bots:helper:Token", "", "Bots:helper:EncodingAesKey", Key)]
    public void The_key_is_named(string key, string value, string? more = null, string? moreValue = null)
    {
        var settings = Right();
        settings["WeCom:" + key] = value;
        if (more is not null) settings["WeCom:" + more] = moreValue;
        var wrong = Assert.Throws<OptionsValidationException>(() => Read(settings));
        Assert.Contains(wrong.Failures, failure => failure.StartsWith($"WeCom:{key} ", StringComparison.Ordinal));
        Assert.DoesNotContain(wrong.Failures, failure => value.Length > 3 && failure.Contains(value, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_right_is_taken()
    {
        var corp = Read(Right());
        Assert.Equal(["desk", "helper"], corp.Callbacks);
        Assert.Equal(("desk", 1000002), (corp.StaffApp!.Name, corp.StaffApp.AgentId));
        Assert.False(corp.TryApp("quiet", out _));
        Assert.Equal("group", Assert.Single(corp.Robots).Name);
        Assert.Equal((36, 26), (corp.Limits.AppCard.Title, corp.Limits.BotCard.Title));
    }

    [Fact]
    public void Nothing_at_all_is_right_too() => Assert.Null(Read([]).StaffApp);

    private static Dictionary<string, string?> Right() => new()
    {
        ["WeCom:CorpId"] = "ww5823bf96d3bd56c7",
        ["WeCom:Apps:desk:AgentId"] = "1000002",
        ["WeCom:Apps:desk:Secret"] = "s",
        ["WeCom:Apps:desk:Token"] = "QDG6eK",
        ["WeCom:Apps:desk:EncodingAesKey"] = Key,
        ["WeCom:Apps:quiet:AgentId"] = "1000003",
        ["WeCom:Apps:quiet:Secret"] = "s",
        ["WeCom:Bots:helper:Token"] = "QDG6eK",
        ["WeCom:Bots:helper:EncodingAesKey"] = Key,
        ["WeCom:Bots:group:WebhookUrl"] = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x",
    };

    private static WeComCorp Read(Dictionary<string, string?> settings) => new ServiceCollection()
        .AddWeCom(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
        .BuildServiceProvider().GetRequiredService<WeComCorp>();
}
