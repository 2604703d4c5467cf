namespace WuShe.Bot.Tests.Browser;

/// <summary>Where things lie in the working copy that the tests were built from.</summary>
public static class Repository
{
    /// <summary>The folder of WuShe.Bot.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The host's project folder, its content root under <c>dotnet run</c>.</summary>
    public static string BotProject { get; } = Path.Combine(Root, "src", "Bot");

    /// <summary>The built host, of the same configuration and framework as these tests.</summary>
    public static string BotAssembly { get; } = Path.Combine(
        BotProject, Path.GetRelativePath(Path.Combine(Root, "tests", "Bot.Tests"), AppContext.BaseDirectory), "WuShe.Bot.dll");

    /// <summary>Pictures and logs for whoever looks into a failure; not committed.</summary>
    public static string TestResults { get; } = Directory.CreateDirectory(Path.Combine(Root, "TestResults")).FullName;

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "WuShe.Bot.sln")))
                return folder.FullName;
        throw new InvalidOperationException("WuShe.Bot.sln is in no folder above " + AppContext.BaseDirectory);
    }
}
