using WuShe.Dialogs.Questions;

namespace WuShe.Services.ProblemReports;

/// <summary>What a category must be like, each rule with the sentence that refuses.</summary>
internal static class CategoryRules
{
    public const int MostDays = 60;
    public const int MaxName = 12;
    public const int MaxDepartment = 30;
    public const int MaxQuestion = 40;
    public const int MaxStop = 120;
    public const int MaxHelp = 400;

    public static ProblemKind Trimmed(ProblemKind kind) => kind with
    {
        Name = kind.Name.Trim(),
        Department = kind.Department.Trim(),
        Extra = kind.Extra?.Trim() is { Length: > 0 } extra ? extra : null,
        Stop = kind.Stop?.Trim() is { Length: > 0 } stop ? stop : null,
        Help = kind.Help.ReplaceLineEndings("\n").Trim(),
    };

    /// <summary>The first thing that cannot be so, or null. Others of the catalogue may not have the same name.</summary>
    public static string? Refusal(ProblemKind kind, Catalogue others) =>
        Named(kind, others) ?? Days("办理时限", kind.OwnLimit) ?? Days("首次联系时限", kind.FirstContact)
        ?? (kind.FirstContact > Limit(kind, others) ? "首次联系时限不能比办理时限长。" : null)
        ?? (ProblemKind.Scopes.All(one => one.Code != kind.Scope) ? "请选是大事、小事还是私事。" : null)
        ?? (ProblemKind.Roles.All(one => one.Code != kind.Role) ? "请选一个负责角色。" : null)
        ?? (others.Natures.All(one => one.Code != kind.Nature) ? "请选是咨询、求助还是投诉。" : null)
        ?? TooLong("主管部门", kind.Department, MaxDepartment) ?? TooLong("多问的一句", kind.Extra, MaxQuestion)
        ?? TooLong("安全提醒", kind.Stop, MaxStop) ?? TooLong("自助说明", kind.Help, MaxHelp);

    private static string? Named(ProblemKind kind, Catalogue others)
    {
        if (kind.Name.Length == 0) return "名称不能空着。";
        if (kind.Name.Any(char.IsControl)) return "名称请写在一行里。";
        if (others.Kinds.Any(one => one.Code != kind.Code && one.Name == kind.Name)) return $"已经有一类叫“{kind.Name}”，请换一个名称。";
        if (TooLong("名称", kind.Name, MaxName) is { } tooLong) return tooLong;
        try
        {
            _ = new ChoiceSet<string>([new ChoiceOption<string>(kind.Code, kind.Name)]);
            return null;
        }
        catch (ArgumentException)
        {
            return $"“{kind.Name}”在聊天里有别的意思，请换一个名称。";
        }
    }

    private static int Limit(ProblemKind kind, Catalogue catalogue) =>
        kind.OwnLimit ?? catalogue.Natures.FirstOrDefault(nature => nature.Code == kind.Nature)?.Limit ?? MostDays;

    private static string? Days(string what, int? days) => days switch
    {
        <= 0 => $"{what}要从 1 个工作日起，不能是 {days}。",
        > MostDays => $"{what}最多 {MostDays} 个工作日，不能是 {days}。",
        _ => null,
    };

    private static string? TooLong(string what, string? words, int most) =>
        words?.Length > most ? $"{what}太长了，最多 {most} 个字，现在有 {words.Length} 个。" : null;
}
