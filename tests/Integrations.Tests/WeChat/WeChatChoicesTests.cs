using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;
using WuShe.Dialogs;
using WuShe.Fakes;
using WuShe.Integrations.WeChat;
using WuShe.Services.Common;

namespace WuShe.Integrations.Tests.WeChat;

/// <summary>Choices that can be tapped, and pictures that are uploaded once.</summary>
public sealed class WeChatChoicesTests
{
    private const string OpenId = "oABCDEFGHIJKLMNOPQRSTUVWXYZ12";
    private static readonly Message Question = new("您满意吗？😊") { Options = ["满意", "“一般”\\般", "不满意"] };

    [SkippableTheory]
    [InlineData(true, true, "msgmenu", "您满意吗？😊\n满意\n“一般”\\般\n不满意\n点一下，或者打字告诉我")]
    [InlineData(true, false, "text", "您满意吗？😊\n1. 满意\n2. “一般”\\般\n3. 不满意\n（回复数字就行）")]
    [InlineData(false, true, "text", "您满意吗？😊\n1. 满意\n2. “一般”\\般\n3. 不满意\n（回复数字就行）")]
    public async Task Choices_can_be_tapped_where_the_account_may_and_are_numbered_elsewhere(bool configured, bool allowed, string type, string shown)
    {
        await using var world = await World.Start(configured);
        world.Platform.TakesChoices = allowed;
        Assert.Equal(DeliveryResult.Delivered, (await world.Deliver(Question)).Result);
        var delivery = Assert.Single(world.Platform.Delivered);
        Assert.Equal((type, shown), (delivery.Type, delivery.Text));
    }

    [SkippableFact]
    public async Task Choices_too_long_for_a_menu_are_numbered()
    {
        await using var world = await World.Start(true);
        await world.Deliver(Question with { Text = new string('长', 650) });
        Assert.All(world.Platform.Delivered, delivery => Assert.Equal("text", delivery.Type));
    }

    [SkippableFact]
    public async Task A_picture_is_uploaded_once_until_the_platform_forgets_it()
    {
        await using var world = await World.Start(false);
        Message picture = new("") { Picture = new AttachmentRef("one") };
        for (var i = 0; i < 2; i++) Assert.Equal(DeliveryResult.Delivered, (await world.Deliver(picture)).Result);
        Assert.Equal(1, world.Uploads);

        // An id that ended early is refused once, then the picture is uploaded anew.
        await world.Replace("gone");
        Assert.Equal(DeliveryResult.Retry, (await world.Deliver(picture)).Result);
        Assert.Equal(DeliveryResult.Delivered, (await world.Deliver(picture)).Result);
        Assert.Equal(2, world.Uploads);
    }

    private sealed class World(FakeWeChat platform, ServiceProvider services, string appId) : IAsyncDisposable
    {
        public FakeWeChat Platform => platform;

        public int Uploads => platform.Calls.Count(call => call == "POST /cgi-bin/media/upload");

        public static async Task<World> Start(bool serviceAccount)
        {
            var redis = Environment.GetEnvironmentVariable("WUSHE_TEST_REDIS");
            Skip.If(string.IsNullOrEmpty(redis), "WUSHE_TEST_REDIS is not set.");
            var appId = "wx" + Guid.NewGuid().ToString("N")[..16];
            var platform = await FakeWeChat.Start(appId, "secret");
            platform.Spoke(OpenId);
            var settings = new Dictionary<string, string?>
            {
                ["WeChat:Accounts:main:AppId"] = appId,
                ["WeChat:Accounts:main:AppSecret"] = "secret",
                ["WeChat:Accounts:main:Token"] = "QDG6eK",
                ["WeChat:Accounts:main:ApiBaseUrl"] = platform.BaseUrl,
                ["WeChat:Accounts:main:ServiceAccount"] = serviceAccount ? "true" : "false",
            };
            return new World(platform, new ServiceCollection()
                .AddSingleton<IFileStore>(new OnePicture())
                .AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(redis!))
                .AddWeChatSurroundings(appId)
                .AddWeChat(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
                .BuildServiceProvider(), appId);
        }

        public Task<DeliveryOutcome> Deliver(Message message) => services.GetRequiredService<IChannel>()
            .Deliver(new ConversationId("wechat.main", OpenId), "test-" + Guid.NewGuid().ToString("N"), [message], default);

        public Task<bool> Replace(string media) => services.GetRequiredService<IConnectionMultiplexer>().GetDatabase().StringSetAsync($"wushe:wechat:media:{appId}:one", media);

        public async ValueTask DisposeAsync()
        {
            await services.DisposeAsync();
            await platform.DisposeAsync();
        }
    }

    private sealed class OnePicture : IFileStore
    {
        public Task Save(string id, Stream content, CancellationToken ct) => throw new NotSupportedException();

        public Task<Stream?> Open(string id, CancellationToken ct) => Task.FromResult<Stream?>(new MemoryStream([0xFF, 0xD8, 0xFF, 0xE0]));
    }
}
