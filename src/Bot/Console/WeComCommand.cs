using WuShe.Services.Common.Staff;

namespace WuShe.Bot.Console;

/// <summary>
/// <c>wecom import [--apply]</c>: brings the staff list up to date with WeCom's directory, or only says what that would do.
/// <c>wecom bind &lt;login&gt; &lt;userid&gt;</c>: says which member somebody is.
/// </summary>
public static class WeComCommand
{
    /// <summary>The exit code: 0 and lines on <paramref name="output"/>, or 1 and one line on <paramref name="error"/>.</summary>
    public static async Task<int> Run(IServiceProvider services, string[] args, bool apply, TextWriter output, TextWriter error, CancellationToken ct)
    {
        switch (args)
        {
            case ["wecom", "import"]:
                return await Import(services, apply, output, error, ct);
            case ["wecom", "bind", var login, var id]:
                if (await services.GetRequiredService<StaffIdentities>().Bind(StaffIdentities.WeCom, id, login, ct) is { } problem)
                    return await Complain(problem, error, ct);
                await output.WriteLineAsync($"{login} 就是企业微信的 {id}。".AsMemory(), ct);
                return 0;
            default:
                return await Complain("用法：wecom import [--apply] | wecom bind <登录名> <企业微信账号>", error, ct);
        }
    }

    private static async Task<int> Import(IServiceProvider services, bool apply, TextWriter output, TextWriter error, CancellationToken ct)
    {
        StaffImportReport report;
        try
        {
            report = await services.GetRequiredService<StaffImport>().Run(services.GetRequiredService<IStaffDirectory>(), apply, ct);
        }
        catch (StaffDirectoryException problem)
        {
            return await Complain(problem.Message, error, ct);
        }

        foreach (var line in report.Lines) await output.WriteLineAsync(line.AsMemory(), ct);
        var sum = $"新增 {report.Added}，绑定 {report.Bound}，调整 {report.Moved}，解除 {report.Unbound}，跳过 {report.Skipped}。";
        await output.WriteLineAsync((sum + (apply ? "已经改好。" : "这是预演，什么都没有改；加上 --apply 才会改。")).AsMemory(), ct);
        return 0;
    }

    private static async Task<int> Complain(string words, TextWriter error, CancellationToken ct)
    {
        await error.WriteLineAsync(words.AsMemory(), ct);
        return 1;
    }
}
