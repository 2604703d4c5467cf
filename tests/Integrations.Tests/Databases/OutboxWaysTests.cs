using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WuShe.Dialogs;
using WuShe.Services.Common;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Messages;

namespace WuShe.Integrations.Tests.Databases;

/// <summary>What is done for an urgent message that no channel takes, and what is kept of why.</summary>
public sealed class OutboxWaysTests
{
    private static readonly ConversationId Ann = new("wechat.main", "ann");

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task An_urgent_message_goes_out_as_text_message_when_every_channel_refuses(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        var (instance, sms) = Instance(database);
        database.Channel.Answer = (_, _) => DeliveryOutcome.Refused("template: no form for case-progress; message: reply window closed");
        await Owe(instance, "urgent", Urgency.High);
        await Owe(instance, "normal", Urgency.Normal);
        await instance.GetRequiredService<DeliverOutbox>().Run(default);

        Assert.Equal(("urgent", "师傅马上到"), Assert.Single(sms.Sent));
        var (urgent, normal) = (await Row(database, "urgent"), await Row(database, "normal"));
        Assert.Equal("sms; template: no form for case-progress; message: reply window closed", urgent.Outcome);
        Assert.Equal("已送到（短信）：没有设置模板，居民太久没有说话，公众号不能主动发。", OutcomeWords.Of(urgent));
        Assert.True(normal is { Parked: true, DeliveredAt: null });
        Assert.Equal("还没送到，等居民下次说话时再发：没有设置模板，居民太久没有说话，公众号不能主动发。", OutcomeWords.Of(normal));
    }

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_text_message_service_that_is_busy_is_tried_again(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        var (instance, sms) = Instance(database);
        database.Channel.Answer = (_, _) => DeliveryOutcome.Refused("43004 does not follow");
        sms.Answer = DeliveryOutcome.Retry("busy");
        await Owe(instance, "urgent", Urgency.High);
        await instance.GetRequiredService<DeliverOutbox>().Run(default);
        Assert.False((await Row(database, "urgent")).Parked);
        sms.Answer = DeliveryOutcome.Delivered("sms");
        database.Time.Advance(TimeSpan.FromSeconds(6));
        await instance.GetRequiredService<DeliverOutbox>().Run(default);
        Assert.NotNull((await Row(database, "urgent")).DeliveredAt);
    }

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Without_a_text_message_service_an_urgent_message_waits_with_all_its_reasons(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        database.Channel.Answer = (_, _) => DeliveryOutcome.Refused("43004 does not follow");
        var instance = database.Instance();
        await Owe(instance, "urgent", Urgency.High);
        await instance.GetRequiredService<DeliverOutbox>().Run(default);
        Assert.Equal("43004 does not follow; sms: not set up", (await Row(database, "urgent")).Outcome);
    }

    private static (ServiceProvider, Sms) Instance(TestDatabase database)
    {
        var sms = new Sms();
        return (database.Instance(more: services => services.AddSingleton<ISmsPort>(sms)), sms);
    }

    private static Task<bool> Owe(ServiceProvider instance, string key, Urgency urgency) => instance.GetRequiredService<ITransactions>().Run((db, _) =>
    {
        instance.GetRequiredService<IOutbox>().Owe(db, new ConversationId(Ann.Channel, key), key, new Message("师傅马上到")
        {
            Notice = new Notice("case-progress", new Dictionary<string, string>()) { Urgency = urgency },
        });
        return Task.FromResult(true);
    }, CancellationToken.None);

    private static async Task<OutboxMessage> Row(TestDatabase database, string key)
    {
        await using var db = database.Context();
        return await db.Set<OutboxMessage>().AsNoTracking().SingleAsync(row => row.Key == key);
    }

    private sealed class Sms : ISmsPort
    {
        public ConcurrentQueue<(string Key, string Words)> Sent { get; } = new();
        public DeliveryOutcome Answer { get; set; } = DeliveryOutcome.Delivered("sms");

        public Task<DeliveryOutcome> Send(ConversationId to, string key, string words, CancellationToken ct)
        {
            if (Answer.Result == DeliveryResult.Delivered) Sent.Enqueue((key, words));
            return Task.FromResult(Answer);
        }
    }
}
