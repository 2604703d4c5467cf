using Microsoft.Extensions.DependencyInjection;
using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Tests.Harness;
using WuShe.Dialogs.Understanding;
using WuShe.Services.Bindings;
using WuShe.Services.Cases;
using WuShe.Services.Common;
using WuShe.Services.Common.Calendar;
using WuShe.Services.Common.Organisation;
using WuShe.Services.ProblemReports;

namespace WuShe.Services.Tests;

/// <summary>Somebody who talks to all dialogs there are, as the service catalogue registers them.</summary>
internal static class Talks
{
    /// <summary>The model that comes with the product.</summary>
    public static ModelUnderstanding Understanding { get; } = new();

    public static Talker Talker(ICases cases, IUnderstanding? understanding = null, IPlaces? places = null, IBindings? bindings = null, CatalogueInUse? catalogue = null)
    {
        var services = new ServiceCollection();
        services.AddServiceCatalog();
        var read = understanding ?? Understanding;
        services.AddSingleton(read).AddSingleton(cases).AddSingleton(bindings ?? new Fakes.FakeBindings()).AddSingleton(places ?? new Fakes.FakePlaces()).AddSingleton<IHolidays>(new WorkingCalendar())
            .AddSingleton(catalogue ?? new CatalogueInUse(() => new Catalogue())).AddSingleton<IPublicUrl>(new Fakes.FakePublicUrl());
        return new Talker(services.BuildServiceProvider().GetRequiredService<DialogCatalog>(), read);
    }
}
