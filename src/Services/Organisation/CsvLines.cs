using System.Text;

namespace WuShe.Services.Organisation;

/// <summary>
/// Lines of csv (RFC 4180): cells between commas, those with commas, quotes or line breaks in quotes. Our own, because MiniExcel refuses
/// a line with fewer cells than the first, which is how people leave the last columns out.
/// </summary>
internal static class CsvLines
{
    public static IEnumerable<IReadOnlyList<string>> Read(string text)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[i++]);
            else if (c == '"' && (quoted || cell.Length == 0)) quoted = !quoted;
            else if (quoted || c is not (',' or '\r' or '\n')) cell.Append(c);
            else if (c == ',') Take(cells, cell);
            else if (c == '\n')
            {
                Take(cells, cell);
                yield return cells;
                cells = [];
            }
        }

        if (cells.Count == 0 && cell.Length == 0) yield break;
        Take(cells, cell);
        yield return cells;
    }

    private static void Take(List<string> cells, StringBuilder cell)
    {
        cells.Add(cell.ToString());
        cell.Clear();
    }
}
