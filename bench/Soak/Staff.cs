using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs.Engine;
using WuShe.Integrations.Databases;
using WuShe.Services;
using WuShe.Services.Cases;
using WuShe.Services.Common;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Messages;
using WuShe.Services.Common.Organisation;

namespace WuShe.Soak;

/// <summary>Staff who work every third case as it comes: claim, note, close. Each step owes its reporter a message, which the service delivers.</summary>
internal sealed class Staff : IAsyncDisposable, IConsoleFeed, IWake, IParkedMarks
{
    private readonly ServiceProvider _services;

    private Staff(ServiceProvider services) => _services = services;

    public int Steps { get; private set; }

    public static Staff Start()
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        Staff? staff = null;
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<IConsoleFeed>(_ => staff!).AddSingleton<IWake>(_ => staff!).AddSingleton<IParkedMarks>(_ => staff!)
            .AddWuSheDatabase(configuration)
            .AddCommunityServices()
            .AddServiceCatalog()
            .BuildServiceProvider();
        return staff = new Staff(services);
    }

    public CommunityDb Context() => _services.GetRequiredService<IDbContextFactory<CommunityDb>>().CreateDbContext();

    public async Task Work(ChannelReader<string> opened, Task done)
    {
        var work = _services.GetRequiredService<CaseWork>();
        var at = 0;
        await foreach (var number in opened.ReadAllAsync())
        {
            if (at++ % 3 != 0) continue;
            var worker = await WorkerOf(number);
            await Step(work.Claim(number, worker, default));
            await Step(work.Note(number, worker, "联系了电工，明天上午来看", [], default));
            await Step(work.Close(number, worker, "换了新灯，亮了", [], default));
        }
        await done;
    }

    private async Task Step(Task<CaseOutcome> step)
    {
        if ((await step).Result != CaseResult.Done) throw new InvalidOperationException((await step).Words);
        Steps++;
    }

    private async Task<StaffActor> WorkerOf(string number)
    {
        await using var db = Context();
        var owner = await db.Set<Case>().Where(one => one.Number == number).Select(one => one.OwnerId).SingleAsync();
        var person = await db.Set<StaffUser>().SingleAsync(one => one.Id == owner);
        return new StaffActor(person.Id, person.DisplayName, person.Role, person.UnitId);
    }

    void IConsoleFeed.CaseChanged(string caseNumber)
    {
    }

    IDisposable IConsoleFeed.Subscribe(Action<string> changed) => throw new NotSupportedException();

    // The service's own sweep finds what is owed.
    void IWake.Outbox()
    {
    }

    void IWake.OutboxAt(DateTimeOffset when)
    {
    }

    void IWake.Media()
    {
    }

    Task IParkedMarks.Set(string conversation) => Task.CompletedTask;

    Task<bool> IParkedMarks.Clear(string conversation) => Task.FromResult(false);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
