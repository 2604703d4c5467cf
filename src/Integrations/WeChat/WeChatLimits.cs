using WuShe.Integrations.WeChat.Notices;

namespace WuShe.Integrations.WeChat;

/// <summary>
/// Settings under <c>WeChat:Limits</c>: calls a minute, for each account, and how long what the platform refused rests. A
/// tenth of a minute's calls may come at once.
/// </summary>
public sealed record WeChatLimits
{
    public int CustomSendPerMinute { get; init; } = 6000;

    /// <summary>Template messages and subscription notices.</summary>
    public int TemplateSendPerMinute { get; init; } = 6000;

    public int UploadPerMinute { get; init; } = 600;

    /// <summary>The platform's own limit is 60.</summary>
    public int BroadcastPerMinute { get; init; } = 60;

    /// <summary>Broadcasts that each person may get in a calendar month (Beijing), by the platform's rule for service accounts.</summary>
    public int BroadcastsPerMonth { get; init; } = 4;

    /// <summary>Broadcasts that may be begun in a day (Beijing).</summary>
    public int BroadcastCallsPerDay { get; init; } = 100;

    /// <summary>People of one list.</summary>
    public int BroadcastPeople { get; init; } = 10_000;

    /// <summary>Each API that has no limit of its own here.</summary>
    public int OtherPerMinute { get; init; } = 3000;

    /// <summary>Customer-service messages after each message of the person's, and for how long.</summary>
    public int MessagesAfterMessage { get; init; } = 5;

    public TimeSpan MessageWindow { get; init; } = TimeSpan.FromHours(48);

    /// <summary>Customer-service messages after a tap on the menu, a scan or a follow, and for how long.</summary>
    public int MessagesAfterTap { get; init; } = 3;

    public TimeSpan TapWindow { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How much the fields of templates hold.</summary>
    public WeChatFieldLimits Fields { get; init; } = new();

    /// <summary>How long an API rests that was called too often in a minute (45011).</summary>
    public TimeSpan SlowDownFor { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an account rests that was restricted (48004, 50002), before one call tries whether it still is.</summary>
    public TimeSpan StopFor { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a message that waits for a rest to end sleeps at most before it looks again.</summary>
    public TimeSpan LookAgainAfter { get; init; } = TimeSpan.FromMinutes(10);

    internal IEnumerable<(string Key, bool Ok)> Checks =>
    [
        (nameof(CustomSendPerMinute), CustomSendPerMinute > 0), (nameof(TemplateSendPerMinute), TemplateSendPerMinute > 0),
        (nameof(UploadPerMinute), UploadPerMinute > 0), (nameof(BroadcastPerMinute), BroadcastPerMinute > 0),
        (nameof(BroadcastsPerMonth), BroadcastsPerMonth > 0), (nameof(BroadcastCallsPerDay), BroadcastCallsPerDay > 0),
        (nameof(BroadcastPeople), BroadcastPeople > 1), (nameof(OtherPerMinute), OtherPerMinute > 0), (nameof(SlowDownFor), SlowDownFor > TimeSpan.Zero),
        (nameof(MessagesAfterMessage), MessagesAfterMessage > 0), (nameof(MessageWindow), MessageWindow > TimeSpan.Zero),
        (nameof(MessagesAfterTap), MessagesAfterTap > 0), (nameof(TapWindow), TapWindow > TimeSpan.Zero), .. Fields.Checks,
        (nameof(StopFor), StopFor > TimeSpan.Zero), (nameof(LookAgainAfter), LookAgainAfter > TimeSpan.Zero),
    ];

    internal int PerMinute(string api) => api switch
    {
        WeChatApis.CustomSend => CustomSendPerMinute,
        WeChatApis.TemplateSend or WeChatApis.SubscribeSend => TemplateSendPerMinute,
        WeChatApis.MediaUpload => UploadPerMinute,
        WeChatApis.MassSend or WeChatApis.MassSendAll => BroadcastPerMinute,
        _ => OtherPerMinute,
    };
}
