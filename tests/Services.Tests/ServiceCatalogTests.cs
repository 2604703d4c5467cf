using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WuShe.Dialogs.Engine;
using WuShe.Services.Cases;
using WuShe.Services.Common;
using WuShe.Services.Common.Calendar;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Messages;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Tests.Cases;
using WuShe.Services.Tests.Fakes;

namespace WuShe.Services.Tests;

public sealed class ServiceCatalogTests
{
    [Fact]
    public async Task Every_service_is_built_from_the_ports_and_the_menu_is_in_order()
    {
        await using var world = await CaseWorld.Begin();
        await using var provider = Provider(world, []);
        Assert.Equal(["问题上报", "查进度"], provider.GetRequiredService<DialogCatalog>().Menu);
        Assert.Same(provider.GetRequiredService<ICases>(), provider.GetRequiredService<ICases>());
        Assert.NotNull(provider.GetRequiredService<CaseWork>());
        Assert.Equal(TimeSpan.FromHours(1), provider.GetRequiredService<IOptions<CaseSettings>>().Value.AskForRatingAfter);
    }

    [Fact]
    public async Task A_wrong_setting_is_named()
    {
        await using var world = await CaseWorld.Begin();
        await using var provider = Provider(world, new() { ["Cases:AskForRatingAfter"] = "-01:00:00" });
        var refused = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<CaseSettings>>().Value);
        Assert.Contains("Cases:AskForRatingAfter", refused.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Provider(CaseWorld world, Dictionary<string, string?> settings) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
        .AddSingleton<TimeProvider>(world.Time)
        .AddSingleton<IDbContextFactory<CommunityDb>>(world)
        .AddSingleton<ITransactions>(world)
        .AddSingleton<IOutbox>(world)
        .AddSingleton<IOrganisation>(world)
        .AddSingleton<IWorkingCalendar>(world)
        .AddSingleton<IConsoleFeed>(world)
        .AddSingleton<IPlaces, FakePlaces>()
        .AddServiceCatalog()
        .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
}
