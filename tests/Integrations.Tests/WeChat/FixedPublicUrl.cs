using Microsoft.Extensions.DependencyInjection;
using WuShe.Integrations.Redis;
using WuShe.Services.Common;
using WuShe.Services.Common.Alarms;

namespace WuShe.Integrations.Tests.WeChat;

/// <summary>Our pages as people outside reach them, in tests.</summary>
internal sealed class FixedPublicUrl : IPublicUrl
{
    public Uri Of(string path) => new("https://bot.example.org" + path);
}

internal static class WeChatSurroundings
{
    /// <summary>What the host brings beside Redis and files; the alarms are of this account's test alone.</summary>
    public static IServiceCollection AddWeChatSurroundings(this IServiceCollection services, string appId) => services
        .AddSingleton<IPublicUrl>(new FixedPublicUrl())
        .AddSingleton<IFollowers>(new Marks())
        .AddSingleton(new RedisKeys($"test-{appId}:"))
        .AddSingleton<IAlarmBoard, RedisAlarmBoard>();
}
