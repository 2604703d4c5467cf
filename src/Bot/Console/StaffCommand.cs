using WuShe.Services.Common.Staff;

namespace WuShe.Bot.Console;

/// <summary><c>staff link &lt;login&gt;</c>: prints a one-time sign-in link. The running service shares the database, nothing else is needed.</summary>
public static class StaffCommand
{
    /// <summary>The exit code: 0 and the address on <paramref name="output"/>, or 1 and one line on <paramref name="error"/>.</summary>
    public static async Task<int> Run(IServiceProvider services, string[] args, TextWriter output, TextWriter error, CancellationToken ct)
    {
        if (args is not ["staff", "link", var login])
        {
            await error.WriteLineAsync("用法：staff link <登录名>".AsMemory(), ct);
            return 1;
        }

        if (await LinkFor(services, login, ct) is not { } link)
        {
            await error.WriteLineAsync($"没有登录名为 {login} 的工作人员，或账号已停用。".AsMemory(), ct);
            return 1;
        }

        await output.WriteLineAsync(link.AsMemory(), ct);
        return 0;
    }

    /// <summary>A fresh one-time sign-in link, or null when nobody open has that login.</summary>
    public static async Task<string?> LinkFor(IServiceProvider services, string login, CancellationToken ct)
    {
        var token = await services.GetRequiredService<SignInLinks>().Issue(login, ct);
        return token is null ? null : $"{PublicAddress.Of(services.GetRequiredService<IConfiguration>())}/staff/link/{token}";
    }
}
