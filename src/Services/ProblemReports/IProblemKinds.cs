namespace WuShe.Services.ProblemReports;

/// <summary>The categories of problems, for services that sort by them.</summary>
public interface IProblemKinds
{
    /// <summary>Code and Chinese name, in the order they are offered.</summary>
    IReadOnlyList<(string Code, string Name)> Names { get; }

    /// <summary>All of them, in the order they are offered. At most ten seconds old.</summary>
    ValueTask<IReadOnlyList<KindFacts>> All(CancellationToken ct);

    /// <summary>Null when there is no such category. At most ten seconds old.</summary>
    ValueTask<KindFacts?> Find(string code, CancellationToken ct);
}

/// <summary>
/// What others need of a category. <paramref name="Scope"/> is 三事 (<c>government</c>, <c>community</c>, <c>private</c>);
/// <paramref name="Role"/> is <c>grid</c>, <c>social-worker</c>, <c>station-lead</c> or empty; <paramref name="Department"/> is
/// the department of 大事, and <paramref name="Help"/> what people can do themselves, a line for each step; both may be empty.
/// </summary>
public sealed record KindFacts(string Code, string Name, string Scope, string Role, string Department, string Help);
