using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs;
using WuShe.Integrations.Databases;
using WuShe.SeedCases;
using WuShe.Services;
using WuShe.Services.Cases;
using WuShe.Services.Common;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.StaffChat;

// seedcases <cases>; the database, migrated and empty, as ConnectionStrings__Database.
var cases = int.Parse(args[0], CultureInfo.InvariantCulture);
var builder = WebApplication.CreateBuilder();
var connection = builder.Configuration["ConnectionStrings:Database"]!;
builder.Services.AddWuSheDatabase(builder.Configuration).AddCommunityServices().AddServiceCatalog();
builder.Services.AddSingleton<IWake, Nobody>().AddSingleton<IConsoleFeed, Nobody>().AddSingleton<IGroupFeed, Nobody>();
builder.Host.UseDefaultServiceProvider(provider => provider.ValidateOnBuild = false);
await using var app = builder.Build();
var contexts = app.Services.GetRequiredService<IDbContextFactory<CommunityDb>>();
var now = TimeProvider.System.GetUtcNow();
var watch = Stopwatch.StartNew();
List<string> numbers = [];
Town town;
await using (var db = await contexts.CreateDbContextAsync())
{
    town = new Town(db);
    await db.SaveChangesAsync();
    await using var copy = new Copy<Case>(db);
    await using var rows = new Copy<CaseEvent>(db);
    await copy.Begin(connection);
    await rows.Begin(connection);
    foreach (var one in new Year(town, cases, now).Cases())
    {
        copy.Write(one);
        foreach (var row in one.Log) rows.Write(row);
        if (one.Number.GetHashCode(StringComparison.Ordinal) % 100 == 0) numbers.Add(one.Number);
    }
}

await using (var db = await contexts.CreateDbContextAsync()) await db.Database.ExecuteSqlRawAsync("ANALYZE");
Console.WriteLine($"{cases} cases loaded in {watch.Elapsed.TotalSeconds:0} s");
await app.Services.GetRequiredService<OrganisationMap>().Reload(CancellationToken.None);

watch.Restart();
var counting = app.Services.GetRequiredService<CountCases>();
await counting.Run(CancellationToken.None);
var first = watch.Elapsed;
watch.Restart();
await counting.Run(CancellationToken.None);
Console.WriteLine($"counted a year in {first.TotalSeconds:0.0} s, a quarter in {watch.Elapsed.TotalSeconds:0.0} s (a job's work, not a page's)");

var (work, dashboard, random) = (app.Services.GetRequiredService<CaseWork>(), app.Services.GetRequiredService<CaseDashboard>(), new Random(1));
var monday = CountCases.MondayOf(BeijingTime.DateOf(now));
foreach (var (who, actor) in new[] { ("admin", town.Admin), ("station lead", town.Lead), ("social worker", town.Social), ("grid worker", town.Grid) })
{
    foreach (var shelf in Enum.GetValues<CaseShelf>())
        await Measure($"inbox {shelf}, {who}", 200, async () => (await work.Inbox(actor, new CaseFilter(shelf), CancellationToken.None)).Lines.Count);
    if (actor.Role == Role.Grid) continue;
    await Measure($"dashboard of a year, {who}", 1000, async () => (await dashboard.Read(actor, new CaseSlice(monday.AddDays(-7 * 52), monday), CancellationToken.None))!.Units.Count);
    await Measure($"list behind a number, {who}", 200, async () => (await work.Inbox(actor, new CaseFilter(CaseShelf.Open) { Slice = new CaseSlice(monday.AddDays(-70), monday.AddDays(-70), null, "lighting", CaseMeasure.OnTime) }, CancellationToken.None)).Lines.Count);
}

await Measure("case page, admin", 200, async () => (await work.Open(numbers[random.Next(numbers.Count)], town.Admin, CancellationToken.None))!.History.Count);
return 0;

static async Task Measure(string what, int target, Func<Task<int>> act)
{
    for (var i = 0; i < 5; i++) await act();
    var times = new List<double>();
    var rows = 0;
    for (var i = 0; i < 60; i++)
    {
        var from = Stopwatch.GetTimestamp();
        rows = await act();
        times.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
    }

    times.Sort();
    Console.WriteLine($"{what,-36} p50 {times[30],7:0.0} ms  p95 {times[56],7:0.0} ms  (target {target}; {rows} rows)");
}

/// <summary>Nobody listens here.</summary>
internal sealed class Nobody : IWake, IConsoleFeed, IGroupFeed, IDisposable
{
    public void Outbox()
    {
    }

    public void CaseChanged(string caseNumber)
    {
    }

    public IDisposable Subscribe(Action<string> changed) => this;

    public void Changed(Guid unitId)
    {
    }

    public IDisposable Subscribe(Action<Guid> changed) => this;

    public void Dispose()
    {
    }
}
