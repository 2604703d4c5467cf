namespace WuShe.Services.ProblemReports;

/// <summary>The categories of problems, for services that sort by them.</summary>
public interface IProblemKinds
{
    /// <summary>Code and Chinese name, in the order they are offered.</summary>
    IReadOnlyList<(string Code, string Name)> Names { get; }
}
