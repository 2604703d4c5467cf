namespace WuShe.Services.Organisation;

/// <summary>What a row of a sheet is about.</summary>
public enum SheetKind
{
    Unit,
    Person,
    Grid,
}

/// <summary>The columns of a sheet, in Chinese as its first row has them; docs/organisation.md says what goes into each.</summary>
internal static class SheetColumns
{
    public const string Code = "编号";
    public const string Name = "名称";
    public const string Level = "级别";
    public const string Above = "上级";
    public const string Remove = "撤销";
    public const string Login = "登录名";
    public const string Title = "称呼";
    public const string Role = "角色";
    public const string Unit = "单位";
    public const string Hours = "值班时间";
    public const string Gone = "离开";
    public const string Room = "社区";
    public const string Around = "所在网格";
    public const string Worker = "网格员";
    public const string Outline = "轮廓";

    /// <summary>The title of each kind's sheet, its columns in order, and those that it cannot do without.</summary>
    public static readonly (SheetKind Kind, string Title, string[] Columns, string[] Needed)[] Kinds =
    [
        (SheetKind.Unit, "单位", [Code, Name, Level, Above, Remove], [Name, Level, Above]),
        (SheetKind.Person, "人员", [Login, Title, Role, Unit, Hours, Gone], [Login, Title, Role, Unit]),
        (SheetKind.Grid, "网格", [Code, Name, Room, Around, Worker, Outline, Remove], [Name, Room]),
    ];
}

/// <summary>A row as it was read. <paramref name="Number"/> is the row's number in the file, the titles being row 1.</summary>
internal sealed record SheetRow(SheetKind Kind, int Number, IReadOnlyDictionary<string, string> Cells)
{
    /// <summary>How people find it: 单位第 3 行.</summary>
    public string Where => $"{SheetColumns.Kinds.First(kind => kind.Kind == Kind).Title}第 {Number} 行";

    /// <summary>The cell's words; empty where the sheet has no such column.</summary>
    public string this[string column] => Cells.GetValueOrDefault(column, "");

    /// <summary>Whether the sheet says anything of it: a column that is not there leaves the record as it is.</summary>
    public bool Has(string column) => Cells.ContainsKey(column);

    public bool Says(string column) => this[column] is "是" or "√" or "1" or "Y" or "y";
}

/// <summary>A file that was read: its rows, or why it cannot be read at all.</summary>
public sealed class OrganisationSheet
{
    internal OrganisationSheet(IReadOnlyList<SheetRow> rows, string? refusal) => (Rows, Refusal) = (rows, refusal);

    internal IReadOnlyList<SheetRow> Rows { get; }

    /// <summary>In Chinese; null when the file could be read.</summary>
    public string? Refusal { get; }

    public int Count => Rows.Count;
}
