namespace WuShe.Bot.Operations;

/// <summary>The setting <c>DataDirectory</c>, made absolute (relative to the content root), present and writable before anything uses it.</summary>
public static class DataFolder
{
    public const string Setting = "DataDirectory";

    public static void AddDataDirectory(this WebApplicationBuilder builder)
    {
        var configured = builder.Configuration[Setting];
        var path = Path.GetFullPath(string.IsNullOrWhiteSpace(configured) ? "data" : configured, builder.Environment.ContentRootPath);
        try
        {
            Directory.CreateDirectory(path);
            // A folder that is there may still be somebody else's, or on a disk mounted for reading.
            using var probe = new FileStream(Path.Combine(path, Path.GetRandomFileName()), new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Options = FileOptions.DeleteOnClose,
            });
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new WuShe.Services.Common.WrongSettingException(Setting, $"{path} cannot be created or written");
        }
        builder.Configuration[Setting] = path;
    }
}
