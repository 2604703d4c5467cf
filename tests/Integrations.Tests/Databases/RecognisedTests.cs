using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WuShe.Dialogs;
using WuShe.Services.Common;
using WuShe.Services.Common.Residency;

namespace WuShe.Integrations.Tests.Databases;

/// <summary>People whom a platform knows in several accounts become one resident.</summary>
public sealed class RecognisedTests
{
    private static readonly ConversationId First = new("wechat.main", "oFirst");
    private static readonly ConversationId Second = new("wechat.second", "oSecond");
    private static readonly ConversationId Other = new("wechat.second", "oOther");

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task The_same_person_in_two_accounts_is_one_resident(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        var platform = new FakePersons { [First] = "union-1", [Second] = "union-1", [Other] = "union-2" };
        var instance = database.Instance(more: services => services.AddSingleton<IPersonKeys>(platform));
        foreach (var who in new[] { First, Other, Second }) await instance.GetRequiredService<IFollowers>().Followed(who, default);
        await instance.GetRequiredService<IFollowers>().Followed(new ConversationId("web", "ann"), default);

        await instance.GetRequiredService<RecogniseResidents>().Run(default);
        await instance.GetRequiredService<RecogniseResidents>().Run(default);

        await using var db = database.Context();
        var all = await db.Set<ResidentConversation>().ToDictionaryAsync(c => c.Conversation);
        Assert.Equal(all[First.ToString()].ResidentId, all[Second.ToString()].ResidentId);
        Assert.NotEqual(all[First.ToString()].ResidentId, all[Other.ToString()].ResidentId);
        Assert.Equal(3, await db.Set<RegisteredResident>().CountAsync());
        Assert.Equal(3, platform.Asked.Count);
        Assert.DoesNotContain(all.Values, c => c.PersonKey?.Contains("union", StringComparison.Ordinal) == true);
    }

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Who_is_not_known_there_is_asked_about_again_after_a_month_and_trouble_is_no_answer(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        var platform = new FakePersons { [First] = "union-1" };
        var instance = database.Instance(more: services => services.AddSingleton<IPersonKeys>(platform));
        foreach (var who in new[] { First, Second }) await instance.GetRequiredService<IFollowers>().Followed(who, default);
        var job = instance.GetRequiredService<RecogniseResidents>();
        platform.Down = true;
        await job.Run(default);
        platform.Down = false;
        await job.Run(default);
        await job.Run(default);
        Assert.Equal(4, platform.Asked.Count);

        database.Time.Advance(TimeSpan.FromDays(31));
        platform[Second] = "union-1";
        await job.Run(default);
        Assert.Equal([Second], platform.Asked.Skip(4));
        await using var db = database.Context();
        Assert.Equal(1, await db.Set<RegisteredResident>().CountAsync());
    }

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task What_broke_off_before_they_were_joined_is_done_again(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        var instance = database.Instance(more: services => services.AddSingleton<IPersonKeys>(new FakePersons { [First] = "union-1", [Second] = "union-1" }));
        foreach (var who in new[] { First, Second }) await instance.GetRequiredService<IFollowers>().Followed(who, default);
        var job = instance.GetRequiredService<RecogniseResidents>();
        await using var db = database.Context();
        await db.Set<ResidentConversation>().ExecuteUpdateAsync(set => set.SetProperty(c => c.PersonKey, "noted by a run that ended there"));
        await job.Run(default);
        Assert.Equal(1, await db.Set<RegisteredResident>().CountAsync());
        Assert.Equal(2, await db.Set<ResidentConversation>().CountAsync(c => c.PersonAskedAt != null));
    }

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task An_account_that_cannot_be_asked_holds_up_no_other(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        var platform = new FakePersons { DownIn = "wechat.main" };
        var instance = database.Instance(more: services => services.AddSingleton<IPersonKeys>(platform));
        foreach (var who in new[] { Other, Second, First, new("wechat.main", "oFourth") }) await instance.GetRequiredService<IFollowers>().Followed(who, default);
        await instance.GetRequiredService<RecogniseResidents>().Run(default);
        Assert.Equal(3, platform.Asked.Count);
        await using var db = database.Context();
        Assert.Equal(2, await db.Set<ResidentConversation>().CountAsync(c => c.PersonAskedAt != null));
    }

    private sealed class FakePersons : Dictionary<ConversationId, string>, IPersonKeys
    {
        public List<ConversationId> Asked { get; } = [];

        public bool Down { get; set; }

        public string? DownIn { get; set; }

        public IReadOnlyCollection<string> Channels => ["wechat.main", "wechat.second"];

        public Task<string?> Of(ConversationId who, CancellationToken ct)
        {
            Asked.Add(who);
            if (Down || who.Channel == DownIn) throw new HttpRequestException("down");
            return Task.FromResult(this.GetValueOrDefault(who));
        }
    }
}
