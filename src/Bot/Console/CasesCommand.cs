using WuShe.Services.Cases;

namespace WuShe.Bot.Console;

/// <summary><c>cases verify</c>: walks the hash chains of all cases' logs.</summary>
public static class CasesCommand
{
    /// <summary>The exit code: 0 when every log fits, 2 when one does not (a line each on <paramref name="error"/>), 1 for other words.</summary>
    public static async Task<int> Run(IServiceProvider services, string[] args, TextWriter output, TextWriter error, CancellationToken ct)
    {
        if (args is not ["cases", "verify"])
        {
            await error.WriteLineAsync("用法：cases verify".AsMemory(), ct);
            return 1;
        }

        var flaws = 0;
        var looked = await ActivatorUtilities.CreateInstance<CaseVerification>(services).Run(flaw =>
        {
            flaws++;
            error.WriteLine(flaw.Seq == 0 ? $"{flaw.Number}：{flaw.What}。" : $"{flaw.Number} 第 {flaw.Seq} 行：{flaw.What}。");
        }, ct);
        await output.WriteLineAsync((flaws == 0 ? $"核对了 {looked} 件案件的记录，都对得上。" : $"核对了 {looked} 件案件的记录，{flaws} 件对不上。").AsMemory(), ct);
        return flaws == 0 ? 0 : 2;
    }
}
