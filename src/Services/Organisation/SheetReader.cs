using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using MiniExcelLibs;

namespace WuShe.Services.Organisation;

/// <summary>Reads xlsx (sheets 单位, 人员, 网格) and csv (one of them, known by its columns; UTF-8, or GB18030 as Excel saves it in China).</summary>
public static class SheetReader
{
    /// <summary>The largest file, in bytes.</summary>
    public const int MaxBytes = 20 << 20;

    private const long MaxUnpacked = 400L << 20;
    private const int MaxRows = 60_000;

    /// <summary>Never throws for what the file holds: <see cref="OrganisationSheet.Refusal"/> says what is wrong with it.</summary>
    public static OrganisationSheet Read(byte[] file)
    {
        if (file.Length == 0) return Refused("文件是空的。");
        if (file.Length > MaxBytes) return Refused("文件太大了，最大 20 MB。");
        try
        {
            return file is [(byte)'P', (byte)'K', ..] ? Workbook(file) : Text(file);
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or FormatException or InvalidOperationException or ArgumentException
            or NotSupportedException or IndexOutOfRangeException or KeyNotFoundException or NullReferenceException or IOException)
        {
            return Refused("文件读不出来，请用模板另存为 xlsx 或 csv 再试。");
        }
    }

    private static OrganisationSheet Workbook(byte[] file)
    {
        using (var zip = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read))
            if (zip.Entries.Sum(entry => entry.Length) > MaxUnpacked) return Refused("文件太大了。");
        using var stream = new MemoryStream(file);
        var rows = new List<SheetRow>();
        var known = 0;
        foreach (var name in stream.GetSheetNames())
        {
            var kind = Array.FindIndex(SheetColumns.Kinds, one => one.Title == name.Trim());
            if (kind < 0) continue;
            known++;
            var lines = stream.Query(sheetName: name, excelType: ExcelType.XLSX).Cast<IDictionary<string, object?>>();
            if (Take(rows, lines.Select(line => line.Values.Select(Words).ToList()), kind) is { } refusal) return Refused(refusal);
        }
        return known == 0 ? Refused("文件里没有叫“单位”“人员”或者“网格”的工作表。") : new OrganisationSheet(rows, null);
    }

    private static OrganisationSheet Text(byte[] file)
    {
        var lines = CsvLines.Read(Decoded(file)).Select(line => line.Select(Words).ToList()).ToList();
        if (lines.Count == 0) return Refused("文件是空的。");
        var kind = Array.FindIndex(SheetColumns.Kinds, one => one.Needed.All(lines[0].Contains));
        if (kind < 0) return Refused("第一行认不出来：请用模板里的列名，单位、人员、网格各一个文件。");
        var rows = new List<SheetRow>();
        return Take(rows, lines, kind) is { } refusal ? Refused(refusal) : new OrganisationSheet(rows, null);
    }

    /// <summary>Why the sheet cannot be taken, or null.</summary>
    private static string? Take(List<SheetRow> rows, IEnumerable<List<string>> lines, int kindAt)
    {
        var (kind, title, columns, needed) = SheetColumns.Kinds[kindAt];
        List<string>? titles = null;
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (titles is null)
            {
                titles = line;
                var named = titles.Where(column => column.Length > 0).ToList();
                if (named.Find(column => !columns.Contains(column)) is { } unknown) return $"工作表“{title}”里不认识列“{unknown}”。";
                if (named.GroupBy(column => column).FirstOrDefault(same => same.Count() > 1) is { } twice) return $"工作表“{title}”里有两列都叫“{twice.Key}”。";
                if (needed.Except(named).ToList() is { Count: > 0 } missing) return $"工作表“{title}”里缺少列“{string.Join("”“", missing)}”。";
                continue;
            }

            if (line.TrueForAll(words => words.Length == 0)) continue;
            if (rows.Count >= MaxRows) return $"行数太多了，一次最多 {MaxRows} 行。";
            var cells = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var at = 0; at < titles.Count; at++)
                if (titles[at].Length > 0) cells[titles[at]] = at < line.Count ? line[at] : "";
            rows.Add(new SheetRow(kind, number, cells));
        }
        return null;
    }

    /// <summary>Numbers as they are typed: a code of twelve digits is no 5.0E+11.</summary>
    private static string Words(object? value) => value switch
    {
        null => "",
        double number => number.ToString("0.############", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture).Trim(),
        _ => value.ToString()?.Trim() ?? "",
    };

    private static string Decoded(byte[] file)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file is [0xEF, 0xBB, 0xBF, ..] ? file.AsSpan(3) : file);
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetString(file);
        }
    }

    private static OrganisationSheet Refused(string words) => new([], words);
}
