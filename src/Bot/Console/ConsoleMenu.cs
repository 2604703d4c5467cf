using System.Reflection;
using WuShe.Services.Common;

namespace WuShe.Bot.Console;

/// <summary>The console's menu and the assemblies its pages live in, as the services' manifests say.</summary>
public sealed class ConsoleMenu(IEnumerable<ServiceDescription> services)
{
    public IReadOnlyList<ConsolePage> Pages { get; } = [.. services.SelectMany(service => service.ConsolePages)];

    public IReadOnlyList<Assembly> PageAssemblies { get; } = [typeof(ServiceDescription).Assembly];
}
