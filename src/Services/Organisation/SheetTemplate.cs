using MiniExcelLibs;

namespace WuShe.Services.Organisation;

/// <summary>The workbook to fill in: the three sheets with their columns and an example each.</summary>
public static class SheetTemplate
{
    public const string FileName = "组织导入模板.xlsx";
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static readonly Dictionary<SheetKind, string[][]> Examples = new()
    {
        [SheetKind.Unit] =
        [
            ["500100", "云江区社会工作指导中心", "中心", "", ""],
            ["500100001", "石桥街道社工站", "社工站", "500100", ""],
            ["500100001001", "翠湖社区社工室", "社工室", "500100001", ""],
            ["", "翠湖物业", "第三方", "500100001001", ""],
        ],
        [SheetKind.Person] =
        [
            ["wang.fang", "网格员 王", "网格员", "500100001001", "8:30-12:00 14:00-18:00", ""],
            ["sun.li", "站长 孙", "站长", "500100001", "", ""],
        ],
        [SheetKind.Grid] =
        [
            ["500100001001-1", "翠湖第一网格", "500100001001", "", "wang.fang", """{"type":"Polygon","coordinates":[[[106.5,29.5],[106.504,29.5],[106.504,29.503],[106.5,29.503],[106.5,29.5]]]}""", ""],
            ["500100001001-1-1", "3栋微网格", "500100001001", "500100001001-1", "", """{"type":"Polygon","coordinates":[[[106.501,29.501],[106.502,29.501],[106.502,29.502],[106.501,29.502],[106.501,29.501]]]}""", ""],
        ],
    };

    /// <summary>An xlsx file; read as it is, it has nothing wrong.</summary>
    public static byte[] Xlsx()
    {
        using var file = new MemoryStream();
        file.SaveAs(SheetColumns.Kinds.ToDictionary(kind => kind.Title, kind => (object)Rows(kind.Columns, Examples[kind.Kind]).ToList()));
        return file.ToArray();
    }

    private static IEnumerable<Dictionary<string, object>> Rows(string[] columns, string[][] rows) =>
        rows.Select(row => columns.Zip(row).ToDictionary(pair => pair.First, pair => (object)pair.Second));
}
