using WuShe.Services.Cases;
using WuShe.Services.Common.Staff;

namespace WuShe.Bot.Console;

/// <summary>The dashboard's numbers as a workbook, for whoever may see them. Everybody else gets what an unknown address gets.</summary>
internal static class StaffSheets
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static async Task<IResult> Get(
        DateOnly from, DateOnly to, Guid? unit, string? category, HttpContext http, StaffAccounts accounts, CaseSheet sheet, CancellationToken ct)
    {
        var content = new MemoryStream();
        var slice = new CaseSlice(CountCases.MondayOf(from), CountCases.MondayOf(to), unit, string.IsNullOrEmpty(category) ? null : category);
        if (await accounts.ActorOf(http.User, ct) is not { } actor || !await sheet.Write(content, actor, slice, ct)) return Results.NotFound();
        content.Position = 0;
        return Results.File(content, Workbook, $"统计-{slice.From:yyyyMMdd}-{slice.To:yyyyMMdd}.xlsx");
    }
}
