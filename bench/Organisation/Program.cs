using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using WuShe.Integrations.Databases;
using WuShe.OrganisationBench;
using WuShe.Services;
using WuShe.Services.Cases;
using WuShe.Services.Common;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Organisation;

// A city of 7,308 units, with somebody and a grid in each room, imported into an empty SQLite database; then what a permission costs.
const int Units = 7308;
const int Checks = 400_000;

var directory = Directory.CreateTempSubdirectory("wushe-organisation").FullName;
var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["DataDirectory"] = directory }).Build();
await using var provider = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddSingleton<IWake, NobodyToWake>()
    .AddWuSheDatabase(configuration).AddCommunityServices().AddServiceCatalog().BuildServiceProvider();
await provider.GetRequiredService<DatabaseMigrator>().Migrate(CancellationToken.None);

var admin = new StaffActor(Guid.CreateVersion7(), "管理员", Role.Admin, Guid.Empty);
var import = provider.GetRequiredService<OrganisationImport>();
var unitsTook = await Import("units", City.Units(Units));
await Import("people", City.People(Units));
await Import("grids with outlines", City.Grids(Units));
await Import("units again", City.Units(Units));

var map = provider.GetRequiredService<OrganisationMap>();
var began = Stopwatch.GetTimestamp();
await map.Reload(CancellationToken.None);
Print($"read into memory: {Stopwatch.GetElapsedTime(began).TotalMilliseconds:F0} ms");

var p99 = await Permissions();
Print($"target: {Units} units in 10 s, a permission in 1 ms p99: {(unitsTook < TimeSpan.FromSeconds(10) && p99 < 1000 ? "met" : "MISSED")}");
Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
await provider.DisposeAsync();
Directory.Delete(directory, recursive: true);
return 0;

async Task<TimeSpan> Import(string what, string csv)
{
    var read = Stopwatch.GetTimestamp();
    var sheet = SheetReader.Read(Encoding.UTF8.GetBytes(csv));
    var tried = await import.Try(sheet, admin, CancellationToken.None);
    var dry = Stopwatch.GetElapsedTime(read);
    if (tried.Refusal is not null || tried.Wrong > 0) throw new InvalidOperationException(tried.Refusal ?? tried.Lines[0].ToString());
    var apply = Stopwatch.GetTimestamp();
    await import.Apply(sheet, tried.Fingerprint, admin, CancellationToken.None);
    var all = Stopwatch.GetElapsedTime(apply);
    Print($"{what}: {sheet.Count} rows, tried in {dry.TotalSeconds:F2} s, imported in {all.TotalSeconds:F2} s ({tried.Added} added, {tried.Changed} changed)");
    return all;
}

async Task<double> Permissions()
{
    await using var db = await provider.GetRequiredService<IDbContextFactory<CommunityDb>>().CreateDbContextAsync();
    var units = await db.Set<Unit>().AsNoTracking().ToListAsync();
    StaffActor[] actors = [.. units.Where(unit => unit.Level != UnitLevel.Room).Select(unit => new StaffActor(Guid.CreateVersion7(), "", unit.Level == UnitLevel.Centre ? Role.Centre : Role.StationLead, unit.Id))];
    var (sight, dice) = (provider.GetRequiredService<CaseSight>(), new Random(7));
    var took = new double[Checks];
    var allowed = 0;
    for (var i = 0; i < Checks; i++)
    {
        var (unit, actor) = (units[dice.Next(units.Count)].Id, actors[dice.Next(actors.Length)]);
        var from = Stopwatch.GetTimestamp();
        if (await sight.Has(unit, actor, CancellationToken.None)) allowed++;
        took[i] = Stopwatch.GetElapsedTime(from).TotalMicroseconds;
    }

    Array.Sort(took);
    Print($"a permission with {units.Count} units: p50 {took[Checks / 2]:F2} µs, p99 {took[Checks * 99 / 100]:F2} µs, longest {took[^1]:F0} µs ({Checks} asked, {allowed} allowed)");
    return took[Checks * 99 / 100];
}

static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
