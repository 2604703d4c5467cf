using Microsoft.Extensions.Options;
using WuShe.Bot.Pages;
using WuShe.Integrations.Databases;
using WuShe.Services.Common;
using WuShe.Services.Common.Calendar;
using WuShe.Services.Common.Demo;
using WuShe.Services.Common.Organisation;
using WuShe.Services.ProblemReports;
using WuShe.Services.Routing;

namespace WuShe.Bot.Operations;

/// <summary>What has to be true before the first turn.</summary>
public static class Preparing
{
    /// <summary>Checks every setting before anything starts to work: what is wrong is said in one line (<see cref="Startup"/>).</summary>
    public static void CheckSettings(this WebApplication app)
    {
        if (app.Configuration["PublicUrl"] is { Length: > 0 } url && !(Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
            throw new WrongSettingException("PublicUrl", "must be an absolute address such as https://bot.example.org");
        if (app.Configuration["Map:TileUrl"] is { Length: > 0 } tiles && !SecurityHeaders.IsTileTemplate(tiles))
            throw new WrongSettingException("Map:TileUrl", "must be empty or an address with {z}, {x} and {y} such as https://tile.example.org/{z}/{x}/{y}.png");
        app.Services.GetService<IStartupValidator>()?.Validate();
    }

    /// <summary>
    /// Migrates the embedded database, or stops when a server's lacks migrations; loads the sample street where it is wanted;
    /// reads organisation, places, working time, categories and routing rules into memory, so that no turn waits for them, and finds the unit of each channel in it.
    /// </summary>
    public static async Task PrepareDatabase(this WebApplication app)
    {
        var services = app.Services;
        var missing = await services.GetRequiredService<DatabaseMigrator>().AtStart(CancellationToken.None);
        if (missing.Count > 0)
            throw new WrongSettingException("ConnectionStrings:Database", $"the database lacks {missing.Count} migration(s); run the command 'db migrate' first");
        await services.GetRequiredService<DemoData>().Load(CancellationToken.None);
        await services.GetRequiredService<OrganisationMap>().Reload(CancellationToken.None);
        await services.GetRequiredService<WorkingTimeMap>().Reload(CancellationToken.None);
        await services.GetRequiredService<ChannelUnits>().Read(CancellationToken.None);
        // Commands work on the record without the community services.
        if (services.GetService<CatalogueInUse>() is { } catalogue) await catalogue.Reload(CancellationToken.None);
        if (services.GetService<RouteBook>() is { } routes) await routes.Reload(CancellationToken.None);
    }
}
