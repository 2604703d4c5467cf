using System.Globalization;
using System.Text;

namespace WuShe.Dialogs.Tests.Harness;

/// <summary>
/// Plays a <c>*.chat.txt</c> file: <c>&gt; said</c>, <c>&lt; reply</c>, options as <c>  [a] [b]</c>, further lines of one
/// reply indented by two spaces, <c># comment</c>. Said may be <c>[加入]</c>, <c>[图片]</c> or <c>[图片 id …]</c> with words after
/// it, <c>[位置 29.5,106.5 南门]</c>, <c>[打开 name argument]</c>, <c>[语音]</c> (unusable), or <c>[等 3h]</c> (time passes).
/// With <c>WUSHE_APPROVE=1</c> the files are rewritten with what was really said; review them like code.
/// </summary>
public static class Transcript
{
    /// <summary>Throws with the difference when the engine says anything else than the file.</summary>
    public static async Task Play(Talker talker, string path)
    {
        var expected = (await File.ReadAllTextAsync(path)).ReplaceLineEndings("\n").TrimEnd() + "\n";
        var actual = new StringBuilder();
        foreach (var line in expected.Split('\n'))
        {
            if (line.Length == 0 || line[0] is '#' or '>') actual.Append(line).Append('\n');
            if (!line.StartsWith("> ", StringComparison.Ordinal)) continue;
            if (Waits(line[2..]) is { } span) talker.Time.Advance(span);
            else actual.Append(Show(await talker.Send(Parse(line[2..]))));
        }
        var text = actual.ToString().TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("WUSHE_APPROVE") == "1") await File.WriteAllTextAsync(SourceOf(path), text);
        else if (text != expected)
            throw new InvalidOperationException($"{Path.GetFileName(path)} differs.\n--- said now\n{text}\n--- approved\n{expected}");
        if (talker.Logged.Count > 0 && !expected.Contains("# fails", StringComparison.Ordinal))
            throw new InvalidOperationException($"{Path.GetFileName(path)}: a dialog failed.", talker.Logged[0]);
    }

    public static string Show(IReadOnlyList<Message> replies)
    {
        var text = new StringBuilder();
        foreach (var reply in replies)
        {
            text.Append("< ").Append(reply.Text.Replace("\n", "\n  ", StringComparison.Ordinal)).Append('\n');
            if (reply.Picture is { } picture) text.Append(CultureInfo.InvariantCulture, $"  (图 {picture.Id})\n");
            if (reply.Options.Count > 0) text.Append("  ").AppendJoin(' ', reply.Options.Select(option => $"[{option}]")).Append('\n');
        }
        return text.ToString();
    }

    public static Input Parse(string said)
    {
        var end = said.IndexOf(']', StringComparison.Ordinal);
        if (!said.StartsWith('[') || end < 0) return Input.Say(said);
        var words = said[1..end].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var rest = said[(end + 1)..].Trim();
        return words switch
        {
            ["加入"] => Input.Join(),
            ["图片", .. var ids] => Input.Say(rest) with { Attachments = ids.Length > 0 ? [.. ids.Select(id => new AttachmentRef(id))] : [new("p1")] },
            ["位置", var point, .. var label] => Input.Say(rest) with { Location = Place(point, string.Join(' ', label)) },
            ["打开", var dialog, .. var argument] => Input.Open(dialog, argument is [var only, ..] ? only : null),
            ["语音" or "视频" or "文件"] => new Input { Kind = InputKind.Unusable, Text = words[0] },
            _ => Input.Say(said),
        };
    }

    private static SentLocation Place(string point, string label)
    {
        var parts = point.Split(',');
        return new SentLocation(
            new GeoPoint(double.Parse(parts[0], CultureInfo.InvariantCulture), double.Parse(parts[1], CultureInfo.InvariantCulture), Datum.Gcj02),
            label);
    }

    public static TimeSpan? Waits(string said) =>
        said.StartsWith("[等 ", StringComparison.Ordinal) && said.EndsWith("h]", StringComparison.Ordinal)
            ? TimeSpan.FromHours(double.Parse(said[3..^2], CultureInfo.InvariantCulture))
            : null;

    /// <summary>The file in the source tree that was copied to the output.</summary>
    public static string SourceOf(string path)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && directory.GetFiles("*.csproj").Length == 0) directory = directory.Parent;
        return directory is null ? path : Path.Combine(directory.FullName, Path.GetRelativePath(AppContext.BaseDirectory, Path.GetFullPath(path)));
    }
}
