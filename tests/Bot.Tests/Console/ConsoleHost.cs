using System.Net;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WuShe.Bot.Console;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Staff;

namespace WuShe.Bot.Tests.Console;

/// <summary>The console alone on a real socket, with a SQLite file of its own.</summary>
internal sealed partial class ConsoleHost : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("wushe-console").FullName;

    private ConsoleHost(WebApplication app) => App = app;

    public WebApplication App { get; private set; }

    public string Url => App.Urls.First();

    public static async Task<ConsoleHost> Start(Action<IServiceCollection>? more = null, Action<WebApplication>? map = null)
    {
        var host = new ConsoleHost(null!);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = "WuShe.Bot",
            ContentRootPath = Path.Combine(Repository(), "src", "Bot"),
            EnvironmentName = "Development",
        });
        builder.WebHost.UseUrls("http://127.0.0.1:0").UseStaticWebAssets();
        builder.Logging.ClearProviders();
        builder.Configuration["DataDirectory"] = host._directory;
        builder.Services.AddDbContextFactory<TestDb>(db => db.UseSqlite($"Data Source={host._directory}/console.db;Pooling=False"));
        builder.Services.AddSingleton<IDbContextFactory<CommunityDb>, TestDb.Factory>();
        CasesOnSqlite.Add(builder.Services);
        builder.Services.AddStaffConsole(builder.Configuration);
        // The console alone: the engine and the jobs it never calls are not there.
        builder.Host.UseDefaultServiceProvider(provider => provider.ValidateOnBuild = false);
        more?.Invoke(builder.Services);
        host.App = builder.Build();
        host.App.MapStaffConsole();
        map?.Invoke(host.App);
        await using (var db = await host.App.Services.GetRequiredService<IDbContextFactory<CommunityDb>>().CreateDbContextAsync())
            await db.Database.EnsureCreatedAsync();
        await host.App.StartAsync();
        return host;
    }

    public async Task<StaffUser> Add(string login, string name, Role role, Guid unitId = default)
    {
        var staff = new StaffUser
        {
            Id = Guid.NewGuid(),
            UserName = login,
            NormalizedUserName = login.ToUpperInvariant(),
            DisplayName = name,
            Role = role,
            UnitId = unitId,
            SecurityStamp = Guid.NewGuid().ToString(),
            LockoutEnabled = true,
        };
        await Save(db => db.Users.Add(staff));
        return staff;
    }

    public async Task Save(Action<CommunityDb> change)
    {
        await using var db = await App.Services.GetRequiredService<IDbContextFactory<CommunityDb>>().CreateDbContextAsync();
        change(db);
        await db.SaveChangesAsync();
    }

    /// <summary>A browser without script: follows redirects, keeps cookies, fills in forms.</summary>
    public Visitor Visit() => new(new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(Url) });

    public async Task<Visitor> SignIn(string login)
    {
        var visitor = Visit();
        var token = await App.Services.GetRequiredService<SignInLinks>().Issue(login, default);
        await visitor.Submit($"/staff/link/{token}");
        return visitor;
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private static string Repository([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    internal sealed partial class Visitor(HttpClient http)
    {
        public HttpClient Http => http;

        public Task<HttpResponseMessage> Get(string path) => http.GetAsync(path);

        /// <summary>Opens a page and submits its form with these fields.</summary>
        public async Task<HttpResponseMessage> Submit(string path, params (string Name, string Value)[] fields)
        {
            var page = await http.GetStringAsync(path);
            var form = HiddenInput().Matches(page).ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(m.Groups[2].Value));
            foreach (var (name, value) in fields) form[name] = value;
            using var content = new FormUrlEncodedContent(form);
            return await http.PostAsync(path, content);
        }

        [GeneratedRegex("""<input type="hidden" name="([^"]+)"[^>]* value="([^"]*)" ?/?>""")]
        private static partial Regex HiddenInput();
    }

    private sealed class TestDb(DbContextOptions<TestDb> options) : CommunityDb(options)
    {
        protected override void ConfigureConventions(ModelConfigurationBuilder conventions) =>
            conventions.Properties<DateTimeOffset>().HaveConversion<DateTimeOffsetToBinaryConverter>();

        internal sealed class Factory(IDbContextFactory<TestDb> databases) : IDbContextFactory<CommunityDb>
        {
            public CommunityDb CreateDbContext() => databases.CreateDbContext();
        }
    }
}
