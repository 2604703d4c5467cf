namespace WuShe.Services.ProblemReports;

/// <summary>A category of problem, as the catalogue has it.</summary>
/// <param name="Code">Fixed: lighting, drainage …</param>
/// <param name="Name">As residents read it.</param>
/// <param name="Scope">三事: whose business it is, <c>government</c> 大事, <c>community</c> 小事 or <c>private</c> 私事. For routing by 三事, which is to come: today the grid's worker gets every report.</param>
/// <param name="Role">The role that answers for it: grid or social-worker. As <paramref name="Scope"/>, not yet read.</param>
/// <param name="Limit">Working days until the resident must hear.</param>
/// <param name="Words">Words by which people name it, dialect included.</param>
public sealed record ProblemKind(string Code, string Name, string Scope, string Role, int Limit, IReadOnlyList<string> Words)
{
    /// <summary>One more question that helps this kind, when there is room for it.</summary>
    public string? Extra { get; init; }

    /// <summary>How it is put on a button; empty when it is not among the frequent ones.</summary>
    public string Example { get; init; } = "";

    /// <summary>What to do before anything else, said first.</summary>
    public string? Stop { get; init; }
}
