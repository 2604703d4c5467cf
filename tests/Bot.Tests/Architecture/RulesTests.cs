using WuShe.Bot.Tests.Architecture.Breaches;
using WuShe.Services.Common;
using WuShe.Services.Common.Organisation;

namespace WuShe.Bot.Tests.Architecture;

/// <summary>Each rule finds a breach of it, and leaves what is allowed alone: a rule that sees nothing passes for ever.</summary>
public sealed class RulesTests
{
    [Theory]
    [InlineData("WuShe.Dialogs", "WuShe.Services", true)]
    [InlineData("WuShe.Services", "WuShe.Bot", true)]
    [InlineData("WuShe.Services", "Hangfire.Core", true)]
    [InlineData("WuShe.Dialogs", "Microsoft.EntityFrameworkCore.Relational", true)]
    [InlineData("WuShe.Integrations", "WuShe.Services", false)]
    [InlineData("WuShe.Bot", "Hangfire.Core", false)]
    public void A_reference_upwards_is_found(string layer, string reference, bool wrong) =>
        Assert.Equal(wrong, LayerRules.WrongReferences(layer, [reference]).Any());

    [Fact]
    public void An_open_class_is_found() => Assert.Equal(
        [$"{typeof(Open).FullName} is not sealed"], LayerRules.Unsealed([typeof(Open), typeof(Parent<>), typeof(Child), typeof(IPlaces)]));

    [Fact]
    public void A_vague_name_is_found() => Assert.Equal(
        [nameof(CaseManager), nameof(HelpersOfCases), nameof(DialogBase), nameof(ReportService)],
        Vague(typeof(CaseManager), typeof(HelpersOfCases), typeof(DialogBase), typeof(ReportService), typeof(DeskService), typeof(Database), typeof(Basement)));

    [Fact]
    public void A_service_that_names_the_entity_of_another_is_found()
    {
        string[] Found(Type type) => [.. LayerRules.Reaches([type], one => one.Name.StartsWith("Their", StringComparison.Ordinal) ? "Theirs" : "Mine").Distinct()];
        var breach = $" uses {typeof(TheirEntity).FullName}";
        Assert.Equal([nameof(InAField), nameof(InABody), nameof(InALambda), nameof(InAnAsyncBody)],
            new[] { typeof(InAField), typeof(InABody), typeof(InALambda), typeof(InAnAsyncBody), typeof(ByInterface) }
                .Where(type => Found(type).Contains(type.FullName + breach)).Select(type => type.Name));
        Assert.Empty(Found(typeof(ByInterface)));
    }

    [Fact]
    public void A_dialog_that_takes_more_than_use_cases_is_found()
    {
        var service = new ServiceDescription().Owns<UseCase>().Offers<IOffered, Offered>().Dialog<Modest>("modest", "", 1, []).Dialog<Greedy>("greedy", "", 1, []);
        Assert.Empty(DialogRules.TakesOtherThanUseCases(typeof(Modest), [service]));
        Assert.Equal(["Greedy takes HttpClient", "Greedy takes IOutbox", "Greedy takes Foreign"],
            DialogRules.TakesOtherThanUseCases(typeof(Greedy), [service, new ServiceDescription().Owns<Foreign>()]));
    }

    [Theory]
    [InlineData(typeof(Clock), "TimeProvider.GetUtcNow")]
    [InlineData(typeof(Chance), "Random.get_Shared")]
    [InlineData(typeof(Identity), "Guid.CreateVersion7")]
    [InlineData(typeof(State), "State._asked")]
    [InlineData(typeof(Waits), "Task.WhenAll")]
    [InlineData(typeof(Farther), "Guid.CreateVersion7")]
    [InlineData(typeof(Helpers), "TimeProvider.get_System")]
    [InlineData(typeof(Once), null)]
    public void A_dialog_that_runs_differently_is_found(Type type, string? by)
    {
        var found = DialogRules.Beginnings([type]).SelectMany(DialogRules.RunsDifferentlyTheNextTime).ToList();
        if (by is null) Assert.Empty(found);
        else Assert.Contains(found, line => line.Contains($"reaches {by} ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(typeof(Tries), true)]
    [InlineData(typeof(Uses), true)]
    [InlineData(typeof(Catches), true)]
    [InlineData(typeof(TriesInALocalFunction), true)]
    [InlineData(typeof(TriesInAHelper), true)]
    [InlineData(typeof(TriesBeside), false)]
    [InlineData(typeof(Once), false)]
    public void What_is_held_open_around_a_question_is_found(Type type, bool wrong) =>
        Assert.Equal(wrong, DialogRules.HoldsOpenAroundAQuestion(type).Any());

    [Fact]
    public void A_long_file_is_found()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(file, Enumerable.Repeat("", 300));
            Assert.Empty(LayerRules.TooLong([file]));
            File.AppendAllText(file, "\n");
            Assert.Single(LayerRules.TooLong([file]));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string[] Vague(params Type[] types) =>
        [.. types.Where(type => LayerRules.VagueNames([type]).Any()).Select(type => type.Name)];
}
