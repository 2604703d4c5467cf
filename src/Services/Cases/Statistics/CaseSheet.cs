using MiniExcelLibs;
using WuShe.Dialogs;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Cases;

/// <summary>
/// A dashboard's numbers and the cases behind them as a workbook (Office Open XML, ECMA-376), for whoever must hand them on. Nothing
/// in it tells who reported.
/// </summary>
public sealed class CaseSheet(CaseDashboard dashboard, CaseWork work)
{
    /// <summary>Cases in a sheet at most; the sheet says when there are more.</summary>
    public const int MostCases = 5_000;

    /// <summary>False, and nothing written, when the actor may not see the numbers.</summary>
    public async Task<bool> Write(Stream output, StaffActor actor, CaseSlice slice, CancellationToken ct)
    {
        if (await dashboard.Read(actor, slice, ct) is not { } overview) return false;
        var sheets = new Dictionary<string, object>
        {
            ["单位"] = Rows(overview.Units),
            ["类别"] = Rows(overview.Categories),
            ["每周"] = Rows(overview.Weeks),
            ["案件"] = await Cases(actor, slice, ct),
        };
        await MiniExcel.SaveAsAsync(output, sheets, cancellationToken: ct);
        return true;
    }

    private async Task<List<Dictionary<string, object?>>> Cases(StaffActor actor, CaseSlice slice, CancellationToken ct)
    {
        List<Dictionary<string, object?>> rows = [];
        for (var page = 0; rows.Count < MostCases; page++)
        {
            var lines = (await work.Inbox(actor, new CaseFilter(CaseShelf.Open, Page: page) { Slice = slice }, ct)).Lines;
            rows.AddRange(lines.Select(line => new Dictionary<string, object?>
            {
                ["编号"] = line.Number,
                ["事项"] = line.Title,
                ["地点"] = line.Place,
                ["状态"] = line.State.Chinese(),
                ["单位"] = line.UnitName,
                ["经办"] = line.OwnerName ?? "",
                ["受理"] = ChineseDate.Minute(line.OpenedAt),
                ["应办结"] = ChineseDate.Minute(line.DueAt),
                ["超期"] = line.Overdue ? "是" : "",
                ["重开"] = line.Reopened ? "是" : "",
            }));
            if (lines.Count < CaseFilter.PageSize) return rows;
        }

        rows.Add(new Dictionary<string, object?> { ["编号"] = $"只列出前 {MostCases} 件" });
        return rows;
    }

    private static List<Dictionary<string, object?>> Rows(IReadOnlyList<CaseFigureRow> rows) => [.. rows.Select(row => new Dictionary<string, object?>
    {
        ["名称"] = row.Name,
        ["受理"] = row.Figures.Opened,
        ["接单"] = row.Figures.Claimed,
        ["办结"] = row.Figures.Closed,
        ["居民确认"] = row.Figures.Confirmed,
        ["按时办结"] = row.Figures.OnTime,
        ["重开"] = row.Figures.Reopened,
        ["评价数"] = row.Figures.Rated,
        ["平均评价"] = row.Figures.Rating is { } rating ? Math.Round(rating, 2) : "",
    })];
}
