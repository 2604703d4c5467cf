using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using WuShe.Services.Common;

namespace WuShe.Bot.Operations;

/// <summary>Turns a wrong setting into one line and an exit code instead of a stack trace.</summary>
public static partial class Startup
{
    public static async Task<int> Guarded(Func<Task<int>> start)
    {
        try
        {
            return await start();
        }
        catch (Exception problem) when (Explain(problem) is { } line)
        {
            await System.Console.Error.WriteLineAsync(line);
            return 1;
        }
    }

    [GeneratedRegex("configuration value .*at '([^']+)' to type '(?:System\\.)?([^']+)'")]
    private static partial Regex Unreadable();

    // Around our own sentence the framework names classes and members.
    [GeneratedRegex("^DataAnnotation validation failed for .* with the error: '(.*)'\\.$", RegexOptions.Singleline)]
    private static partial Regex Annotated();

    private static string? Explain(Exception problem) => problem switch
    {
        WrongSettingException setting => setting.Message,
        OptionsValidationException options => string.Join("; ", options.Failures.Select(failure => Annotated().Match(failure) is { Success: true } ours ? ours.Groups[1].Value : failure)),
        // The binder names the key, and the value, which may be a secret: only the key goes on.
        InvalidOperationException when Unreadable().Match(problem.Message) is { Success: true } key => $"{key.Groups[1].Value}: cannot be read as {key.Groups[2].Value}",
        AggregateException { InnerExceptions: [var inner, ..] } => Explain(inner),
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } inUse => $"urls: {inUse.Message}",
        _ => null,
    };
}
