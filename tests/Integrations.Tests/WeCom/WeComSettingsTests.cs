using WuShe.Integrations.Tests.Redis;
using WuShe.Services.Common;

namespace WuShe.Integrations.Tests.WeCom;

/// <summary>What the platform refuses because a setting is wrong, here or there.</summary>
public sealed class WeComSettingsTests(RedisServers servers) : IClassFixture<RedisServers>
{
    [SkippableTheory]
    [InlineData(40001)]
    [InlineData(40056)]
    [InlineData(48002)]
    [InlineData(60020)]
    [InlineData(301002)]
    public async Task A_wrong_setting_keeps_the_card_owed_and_is_shown_to_admins(int code)
    {
        await using var world = await WeComWorld.Begin(servers.Connect("embedded"));
        world.Platform.FailNext.Enqueue(code);
        var held = await world.Chat.Post(world.Card(), default);
        Assert.Equal((DeliveryResult.Held, world.Time.GetUtcNow().AddMinutes(10)), (held.Result, held.Until));
        Assert.StartsWith($"{code} ", held.Reason, StringComparison.Ordinal);
        Assert.Contains($"{code}", world.Alarms.Raised[$"wecom:desk:{code}"], StringComparison.Ordinal);

        Assert.Equal(DeliveryResult.Delivered, (await world.Chat.Post(world.Card(), default)).Result);
        world.Platform.FailNext.Enqueue(code);
        Assert.Equal(DeliveryResult.Held, (await world.Chat.Update(world.Card(open: false), default)).Result);
        Assert.Equal(DeliveryResult.Delivered, (await world.Chat.Update(world.Card(open: false), default)).Result);
    }

    [SkippableFact]
    public async Task A_card_that_members_have_got_does_not_wait_for_the_groups_notice()
    {
        await using var world = await WeComWorld.Begin(servers.Connect("embedded"), ("WeCom:Bots:lake:WebhookUrl", "{webhook}x"));
        Assert.Equal(DeliveryResult.Delivered, (await world.Chat.Post(world.Card(), default)).Result);
        Assert.Contains("wecom:lake:93000", world.Alarms.Raised.Keys);
    }
}
