using WuShe.Services.Cases;

namespace WuShe.Services.ProblemReports;

/// <summary>The catalogue in use, as other services see it.</summary>
public sealed class ProblemKinds(CatalogueInUse catalogue) : IProblemKinds, ICaseCategories
{
    public IReadOnlyList<(string Code, string Name)> Names => catalogue.Now.Names;

    public string NameOf(string code) => code.Length == 0 ? "其他事项" : catalogue.Now.Find(code)?.Name ?? code;

    public async ValueTask<IReadOnlyList<KindFacts>> All(CancellationToken ct) => [.. (await catalogue.Current(ct)).Kinds.Select(Facts)];

    public async ValueTask<KindFacts?> Find(string code, CancellationToken ct) =>
        (await catalogue.Current(ct)).Find(code) is { } kind ? Facts(kind) : null;

    private static KindFacts Facts(ProblemKind kind) => new(kind.Code, kind.Name, kind.Scope, kind.Role, kind.Department, kind.Help);
}
