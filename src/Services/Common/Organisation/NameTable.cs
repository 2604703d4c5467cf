namespace WuShe.Services.Common.Organisation;

/// <summary>Finds which of many names stand in a sentence, in one pass: the longest at each place.</summary>
internal sealed class NameTable
{
    private readonly Dictionary<char, List<string>> _byFirst = [];

    public NameTable(IEnumerable<string> names)
    {
        foreach (var name in names.Where(n => n.Length >= 2).Distinct(StringComparer.Ordinal))
        {
            if (!_byFirst.TryGetValue(name[0], out var list)) _byFirst[name[0]] = list = [];
            list.Add(name);
        }
        foreach (var list in _byFirst.Values) list.Sort(static (a, b) => b.Length.CompareTo(a.Length));
    }

    /// <summary>Names in order of their place, none overlapping another.</summary>
    public List<(string Name, int Start)> In(string sentence)
    {
        List<(string, int)> found = [];
        for (var i = 0; i < sentence.Length; i++)
        {
            if (!_byFirst.TryGetValue(sentence[i], out var names)) continue;
            foreach (var name in names)
            {
                if (string.CompareOrdinal(sentence, i, name, 0, name.Length) != 0) continue;
                found.Add((name, i));
                i += name.Length - 1;
                break;
            }
        }
        return found;
    }
}
