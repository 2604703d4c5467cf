using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WuShe.Dialogs.Engine;
using WuShe.Services.Cases;
using WuShe.Services.Tests.Cases;

namespace WuShe.Services.Tests;

public sealed class ServiceCatalogTests
{
    [Fact]
    public async Task Every_dialog_is_built_and_the_menu_is_in_order()
    {
        await using var world = await CaseWorld.Begin();
        Assert.Equal(["问题上报", "查进度", "找工作人员"], world.Get<DialogCatalog>().Menu);
        Assert.Same(world.Get<ICases>(), world.Get<ICases>());
        Assert.Equal(TimeSpan.FromHours(1), world.Get<IOptions<CaseSettings>>().Value.AskForRatingAfter);
    }

    [Fact]
    public async Task Everything_a_manifest_names_can_be_built()
    {
        await using var world = await CaseWorld.Begin();
        var built = ServiceCatalog.Describe().SelectMany(service => service.UseCases).ToList();
        Assert.NotEmpty(built);
        Assert.All(built, type => Assert.NotNull(world.Get<IServiceProvider>().GetRequiredService(type)));
    }

    [Fact]
    public async Task A_wrong_setting_is_named()
    {
        await using var world = await CaseWorld.Begin(settings: new() { ["Cases:AskForRatingAfter"] = "-01:00:00" });
        var refused = Assert.Throws<OptionsValidationException>(() => world.Get<IOptions<CaseSettings>>().Value);
        Assert.Contains("Cases:AskForRatingAfter", refused.Message, StringComparison.Ordinal);
    }
}
