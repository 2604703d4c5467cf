using System.Reflection;
using WuShe.Services.Common;

namespace WuShe.Bot.Console;

/// <summary>The console's menu and the assemblies its pages live in, as the services' manifests say.</summary>
public sealed class ConsoleMenu(IEnumerable<ServiceDescription> services)
{
    public IReadOnlyList<ConsolePage> Pages { get; } = [.. services.SelectMany(service => service.ConsolePages)];

    /// <summary>The entry under which an address stands: of several, the one that says most of it.</summary>
    public ConsolePage? At(string address) => Pages
        .Where(page => address.StartsWith(page.Path, StringComparison.Ordinal))
        .MaxBy(page => page.Path.Length);

    public IReadOnlyList<Assembly> PageAssemblies { get; } = [typeof(ServiceDescription).Assembly];
}
