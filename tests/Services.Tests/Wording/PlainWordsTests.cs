using System.Text;
using System.Text.RegularExpressions;
using WuShe.Dialogs.Understanding;
using WuShe.Services.Cases;

namespace WuShe.Services.Tests.Wording;

/// <summary>
/// What residents read is at primary-school level: short sentences and parts of sentences, no office words, common characters
/// only. Read from the sources of everything that talks to residents and from what it said in the transcripts.
/// </summary>
public sealed partial class PlainWordsTests
{
    private const int LongestSentence = 35;
    private const int LongestPart = 20;

    /// <summary>Words of forms and offices. The states of a case have official names, which are for staff.</summary>
    private static readonly string[] OfficeWords =
    [
        "受理", "办结", "予以", "敬请", "知悉", "悉知", "逾期", "核实", "反馈", "处置", "工单", "诉求", "事项", "督办", "退单", "挂起", "并案", "派单",
        "如有", "如需", "及时", "相关", "告知", "查收", "即可", "特此", "烦请", "务必", "提请", "依法", "依据", "进行", "操作", "系统", "是否", "丢失",
        "尽快", "尽早", "办理完毕", "审核", "届时", "有误", "无误", "贵方", "该", "须", "均",
    ];

    private static readonly string Root = FindRoot();

    /// <summary>Where the words to residents stand.</summary>
    private static readonly string[] Sources =
    [
        "src/Dialogs/Phrases.cs", "src/Dialogs/Understanding/Danger.cs", "src/Dialogs/Questions/*.cs", "src/Services/*/*Dialog.cs",
        "src/Services/Bindings/Bindings.cs", "src/Services/Cases/CaseLetters.cs", "src/Services/Cases/CaseTelling.cs", "src/Services/Cases/CaseWords.cs", "src/Services/Cases/CaseChoice.cs",
        "src/Services/Cases/Satisfaction.cs", "src/Services/Common/Media/FetchInboundMedia.cs", "src/Integrations/Files/Pictures.cs",
        "src/Integrations/WeChat/WeChatText.cs", "src/Integrations/WeChat/WeChatChannel.cs", "src/Bot/Channels/DirectLineUpload.cs",
    ];

    private static readonly (string Where, string Words)[] All =
    [
        .. Sources.SelectMany(FilesLike).SelectMany(Literals),
        .. Directory.EnumerateFiles(Path.Combine(Root, "tests", "Services.Tests"), "*.chat.txt", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).SelectMany(Said),
        .. CatalogueWords().Matches(File.ReadAllText(Path.Combine(Root, "src", "Services", "ProblemReports", "catalogue.json"))).Select(match => ("catalogue.json", match.Groups[1].Value.Replace("\\n", "\n", StringComparison.Ordinal))),
        .. Enum.GetValues<CaseState>().Select(state => ("CaseState", state.InPlainWords())),
        .. Enum.GetValues<DangerKind>().Select(kind => ("Danger", Danger.Call(kind))),
    ];

    [Fact]
    public void Everything_said_is_looked_at()
    {
        Assert.All(Sources, pattern => Assert.NotEmpty(FilesLike(pattern)));
        Assert.Contains(All, one => one.Words.Contains("请您核对", StringComparison.Ordinal));
        Assert.Contains(All, one => one.Words.Contains("给您答复", StringComparison.Ordinal) && one.Where == "CaseLetters.cs");
    }

    [Fact]
    public void Sentences_and_their_parts_are_short() => Assert.Empty(
        from one in All
        from sentence in one.Words.Split('。', '！', '？', '；', '\n')
        let tooLong = Letters(sentence) > LongestSentence ? sentence
            : Quoted().Replace(sentence, "某").Split('，', '：', '、', '（', '）').FirstOrDefault(part => Letters(part) > LongestPart)
        where tooLong is not null
        select $"{one.Where}: {tooLong}");

    [Fact]
    public void Nobody_talks_like_an_office() => Assert.Empty(
        from one in All
        from word in OfficeWords
        where Own(one.Words).Contains(word, StringComparison.Ordinal)
        select $"{one.Where}: {word} in {one.Words}");

    [Fact]
    public void Only_common_characters_are_used() => Assert.Empty(
        from one in All
        from letter in Own(one.Words).Distinct()
        where letter is >= '\u4e00' and <= '\u9fff' && !Common(letter)
        select $"{one.Where}: {letter} in {one.Words}");

    /// <summary>The 3,755 characters of the first level of GB/T 2312-1980: those in everyday use, rows 16 to 55.</summary>
    private static bool Common(char letter) => Gb2312.GetBytes([letter]) is [>= 0xB0 and <= 0xD7, _];

    private static readonly Encoding Gb2312 = CodePagesEncodingProvider.Instance.GetEncoding("GB2312")!;

    /// <summary>A quotation, a filled-in value and a number count as one.</summary>
    private static int Letters(string words) => Number().Replace(Quoted().Replace(words, "某"), "1").Count(char.IsLetterOrDigit);

    /// <summary>Without what is quoted: a resident's own words, the title of a case.</summary>
    private static string Own(string words) => Quoted().Replace(words, "某");

    private static IEnumerable<(string, string)> Literals(string file) =>
        from line in File.ReadLines(file)
        where !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
        from Match literal in Literal().Matches(line)
        let words = Filled().Replace(literal.Groups[1].Value.Replace("\\n", "\n", StringComparison.Ordinal), "某")
        // 嗯 and the like are what residents say.
        where words.Count(letter => letter >= '\u4e00') > 2
        select (Path.GetFileName(file), words);

    /// <summary>What the bot said, without buttons and without the resident's own words that it says back.</summary>
    private static IEnumerable<(string, string)> Said(string file)
    {
        var bot = false;
        foreach (var line in File.ReadLines(file))
        {
            if (!line.StartsWith("  ", StringComparison.Ordinal)) bot = line.StartsWith("< ", StringComparison.Ordinal);
            var words = line.TrimStart('<', ' ');
            if (bot && !words.StartsWith('[') && !words.StartsWith("情况：", StringComparison.Ordinal)) yield return (Path.GetFileName(file), words);
        }
    }

    private static string[] FilesLike(string pattern)
    {
        var (folders, name) = (pattern.Split('/')[..^1], pattern.Split('/')[^1]);
        IEnumerable<string> at = [Root];
        foreach (var folder in folders) at = at.SelectMany(path => Directory.EnumerateDirectories(path, folder));
        return [.. at.SelectMany(path => Directory.EnumerateFiles(path, name))];
    }

    private static string FindRoot()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "WuShe.Bot.sln"))) at = Path.GetDirectoryName(at)!;
        return at;
    }

    [GeneratedRegex("\"((?:[^\"\\\\]|\\\\.)*)\"")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Filled();

    [GeneratedRegex("[「“][^」”]*[」”]")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"[0-9A-Za-z.\-:]+")]
    private static partial Regex Number();

    [GeneratedRegex("\"(?:stop|extra|example|help)\": \"([^\"]*)\"")]
    private static partial Regex CatalogueWords();
}
