using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using WuShe.Services.Common;

namespace WuShe.Integrations.Files;

/// <summary>Registers where files lie and how pictures are checked.</summary>
public static class FilesSetup
{
    public static IServiceCollection AddWuSheFiles(this IServiceCollection services, IConfiguration configuration)
    {
        var root = Path.Combine(DataDirectory.Of(configuration), "files");
        services.AddSingleton<IFileStore>(_ => new FileStore(root));
        services.AddSingleton<IPictures, Pictures>();
        return services;
    }
}
