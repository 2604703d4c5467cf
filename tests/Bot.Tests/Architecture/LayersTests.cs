using System.Reflection;
using WuShe.Bot.Tests.Browser;
using WuShe.Dialogs.Engine;
using WuShe.Services;

namespace WuShe.Bot.Tests.Architecture;

/// <summary>The rules of the layout that a compiler does not hold. That each rule finds what it forbids: <see cref="RulesTests"/>.</summary>
public sealed class LayersTests
{
    private static readonly Assembly Dialogs = typeof(IDialog).Assembly;
    private static readonly Assembly Services = typeof(Services.Common.IChannel).Assembly;
    private static readonly Assembly[] Product = [Dialogs, Services, Assembly.Load("WuShe.Integrations"), Assembly.Load("WuShe.Bot")];
    private static readonly Type[] Types = [.. Product.SelectMany(assembly => assembly.GetTypes()).Where(LayerRules.Written)];

    private static readonly string[] Read = [".cs", ".razor", ".js", ".mjs", ".css"];
    private static readonly string[] NotWritten = ["obj", "bin", "Migrations", "node_modules", "lib"];

    [Fact]
    public void References_go_one_way() => None(Product.SelectMany(assembly =>
        LayerRules.WrongReferences(assembly.GetName().Name!, assembly.GetReferencedAssemblies().Select(name => name.Name!))));

    [Fact]
    public void Classes_are_sealed_unless_made_for_inheritance() => None(LayerRules.Unsealed(Types));

    [Fact]
    public void No_type_hides_behind_an_empty_word() => None(LayerRules.VagueNames(Types));

    [Fact]
    public void Services_do_not_reach_into_each_other() => None(LayerRules.Reaches(Services.GetTypes().Where(LayerRules.Written), Folder));

    [Fact]
    public void Dialogs_take_use_cases_only()
    {
        var described = ServiceCatalog.Describe();
        var dialogs = Services.GetTypes().Where(type => typeof(IDialog).IsAssignableFrom(type)).ToList();
        Assert.NotEmpty(dialogs);
        None(dialogs.SelectMany(dialog => DialogRules.TakesOtherThanUseCases(dialog, described)));
    }

    [Fact]
    public void Dialogs_and_their_helpers_run_the_same_each_time()
    {
        var beginnings = DialogRules.Beginnings(Types).ToList();
        Assert.True(beginnings.Count > 5, "no dialog was found");
        None(beginnings.SelectMany(DialogRules.RunsDifferentlyTheNextTime));
    }

    [Fact]
    public void Dialogs_and_their_helpers_hold_nothing_open_around_a_question() => None(Types.Where(type => !type.IsNested).SelectMany(DialogRules.HoldsOpenAroundAQuestion));

    [Fact]
    public void Files_stay_on_a_few_screens()
    {
        var files = new[] { "src", "tests", "bench" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories))
            .Where(file => Read.Contains(Path.GetExtension(file)) && !Path.GetRelativePath(Repository.Root, file).Split(Path.DirectorySeparatorChar).Any(NotWritten.Contains)).ToList();
        Assert.True(files.Count > 100, "the files were not found");
        None(LayerRules.TooLong(files));
    }

    /// <summary>Names all that was found: an assertion on the collection shows its first letters only.</summary>
    private static void None(IEnumerable<string> breaches)
    {
        var found = breaches.Distinct().ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    /// <summary>The service that a type lives in: the part after WuShe.Services.</summary>
    private static string? Folder(Type type) =>
        type.Namespace is { } name && name.StartsWith("WuShe.Services.", StringComparison.Ordinal) ? name.Split('.')[2] : null;
}
