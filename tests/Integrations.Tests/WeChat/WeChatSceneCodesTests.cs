using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;
using WuShe.Fakes;
using WuShe.Integrations.WeChat;
using WuShe.Services.Common;

namespace WuShe.Integrations.Tests.WeChat;

/// <summary>Codes with a scene against the fake platform and a real Redis.</summary>
public sealed class WeChatSceneCodesTests
{
    [SkippableFact]
    public async Task A_code_is_made_once_and_refusals_are_words()
    {
        var redis = Environment.GetEnvironmentVariable("WUSHE_TEST_REDIS");
        Skip.If(string.IsNullOrEmpty(redis), "WUSHE_TEST_REDIS is not set.");
        var appId = "wx" + Guid.NewGuid().ToString("N")[..16];
        await using var platform = await FakeWeChat.Start(appId, "secret");
        await using var services = Services(redis!, appId, "secret", platform.BaseUrl);
        var codes = services.GetRequiredService<ISceneCodes>();
        Assert.Equal(["main"], codes.Accounts);

        var scene = Scene.OfEntrance(Guid.NewGuid());
        var first = await codes.Of("main", scene, default);
        Assert.Equal($"http://weixin.qq.com/q/{scene}", first.Content);
        Assert.Equal(first, await codes.Of("main", scene, default));
        Assert.Equal([scene.ToString()], platform.Codes.Asked);

        Assert.Equal("没有这个公众号。", (await codes.Of("other", scene, default)).Refusal);
        Assert.Equal("这个二维码的编号太长了。", (await codes.Of("main", new Scene("entrance", new string('a', 60)), default)).Refusal);
        await using var wrong = Services(redis!, appId + "x", "secret", platform.BaseUrl);
        Assert.Contains("40013", (await wrong.GetRequiredService<ISceneCodes>().Of("main", scene, default)).Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("entrance:00ff", true)]
    [InlineData("lawyer-desk:chen", true)]
    [InlineData("77", false)]
    [InlineData("entrance:", false)]
    [InlineData(":1", false)]
    [InlineData("entrance:a b", false)]
    [InlineData(null, false)]
    public void Scenes_are_pairs(string? text, bool isOne)
    {
        Assert.Equal(isOne, Scene.TryParse(text, out var scene));
        if (isOne) Assert.Equal(text, scene!.ToString());
    }

    private static ServiceProvider Services(string redis, string appId, string secret, string platform) => new ServiceCollection()
        .AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(redis))
        .AddWeChatSurroundings(appId)
        .AddWeChat(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["WeChat:Accounts:main:AppId"] = appId,
            ["WeChat:Accounts:main:AppSecret"] = secret,
            ["WeChat:Accounts:main:Token"] = "QDG6eK",
            ["WeChat:Accounts:main:ApiBaseUrl"] = platform,
        }).Build())
        .BuildServiceProvider();
}
