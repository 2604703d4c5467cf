using System.Reflection;
using System.Text.RegularExpressions;
using WuShe.Dialogs.Engine;

namespace WuShe.Bot.Tests.Architecture;

/// <summary>The rules of the layout that a compiler does not hold.</summary>
public sealed partial class LayersTests
{
    private static readonly Assembly Dialogs = typeof(IDialog).Assembly;
    private static readonly Assembly Services = typeof(Services.Common.IChannel).Assembly;
    private static readonly Assembly Integrations = Assembly.Load("WuShe.Integrations");
    private static readonly Assembly Bot = Assembly.Load("WuShe.Bot");
    private static readonly Assembly[] Product = [Dialogs, Services, Integrations, Bot];

    public static TheoryData<string, string> Forbidden => new()
    {
        { "WuShe.Dialogs", "WuShe.Services" },
        { "WuShe.Dialogs", "WuShe.Integrations" },
        { "WuShe.Dialogs", "Microsoft.EntityFrameworkCore" },
        { "WuShe.Dialogs", "Microsoft.AspNetCore" },
        { "WuShe.Services", "WuShe.Integrations" },
        { "WuShe.Services", "StackExchange.Redis" },
        { "WuShe.Services", "Hangfire" },
        { "WuShe.Integrations", "WuShe.Bot" },
        { "WuShe.Integrations", "Hangfire" },
    };

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void References_go_one_way(string from, string to)
    {
        var assembly = Product.Single(a => a.GetName().Name == from);
        Assert.DoesNotContain(assembly.GetReferencedAssemblies(), name => name.Name!.StartsWith(to, StringComparison.Ordinal));
    }

    [Fact]
    public void Classes_are_sealed_unless_made_for_inheritance()
    {
        var open = Product.SelectMany(a => a.GetTypes())
            .Where(t => t is { IsClass: true, IsSealed: false, IsAbstract: false, IsNested: false } && Ours(t))
            .Where(t => !Product.SelectMany(a => a.GetTypes()).Any(other => other.BaseType == t))
            .Where(t => !typeof(Microsoft.AspNetCore.Components.IComponent).IsAssignableFrom(t))
            .Select(t => t.FullName);
        Assert.Empty(open);
    }

    [Fact]
    public void No_type_hides_behind_an_empty_word()
    {
        var vague = Product.SelectMany(a => a.GetTypes()).Where(Ours)
            .Where(t => VagueName().IsMatch(t.Name) || (t.Name.EndsWith("Service", StringComparison.Ordinal)
                && t is { IsClass: true } && !typeof(Services.Common.ICommunityService).IsAssignableFrom(t)))
            .Select(t => t.FullName);
        Assert.Empty(vague);
    }

    [Fact]
    public void Services_do_not_reach_into_each_other()
    {
        var reaches = from type in Services.GetTypes().Where(Ours)
                      let home = Folder(type)
                      where home is not (null or "Common")
                      from used in Mentioned(type)
                      let other = Folder(used)
                      where other is not (null or "Common") && other != home
                      where !used.IsInterface && !PublicShape(used)
                      select $"{type.FullName} uses {used.FullName}";
        Assert.Empty(reaches.Distinct());
    }

    [Fact]
    public void Dialogs_take_use_cases_only()
    {
        var wrong = from type in Services.GetTypes()
                    where typeof(IDialog).IsAssignableFrom(type) && !type.IsInterface
                    from parameter in type.GetConstructors().SelectMany(c => c.GetParameters())
                    where !parameter.ParameterType.Namespace!.StartsWith("WuShe.", StringComparison.Ordinal)
                        || parameter.ParameterType.Name is "CommunityDb" or "ITransactions" or "IOutbox"
                    select $"{type.Name} takes {parameter.ParameterType.Name}";
        Assert.Empty(wrong);
    }

    /// <summary>Every line above the open question runs again each turn, and a suspended run is dropped, not unwound (ADR 0002).</summary>
    [Fact]
    public void Dialogs_read_no_clock_and_hold_nothing_open()
    {
        var wrong = from file in Directory.EnumerateFiles(Path.Combine(Root(), "src", "Services"), "*Dialog.cs", SearchOption.AllDirectories)
                    from line in File.ReadLines(file)
                    let code = line.Split("//")[0]
                    where NotInDialogs().IsMatch(code)
                    select $"{Path.GetFileName(file)}: {line.Trim()}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Files_stay_on_a_few_screens()
    {
        var root = Root();
        var long300 = Directory.EnumerateFiles(Path.Combine(root, "src"), "*.*", SearchOption.AllDirectories)
            .Where(f => (f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal))
                && !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !f.Contains($"{Path.DirectorySeparatorChar}Migrations{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(f => File.ReadLines(f).Count() > 300)
            .Select(f => Path.GetRelativePath(root, f));
        Assert.Empty(long300);
    }

    internal static string Root()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "WuShe.Bot.sln"))) at = Path.GetDirectoryName(at)!;
        return at;
    }

    private static bool Ours(Type type) =>
        type.FullName!.StartsWith("WuShe.", StringComparison.Ordinal) && type.Name != "_Imports" && !type.FullName.Contains(".Migrations.", StringComparison.Ordinal)
        && !type.Name.Contains('<', StringComparison.Ordinal)
        && type.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is null;

    /// <summary>The service folder a type lives in: the part after WuShe.Services.</summary>
    private static string? Folder(Type type) =>
        type.Namespace is { } ns && ns.StartsWith("WuShe.Services.", StringComparison.Ordinal) ? ns.Split('.')[2] : null;

    /// <summary>What a public interface of a service hands over: records that travel with it.</summary>
    private static bool PublicShape(Type type) => type.GetMethod("<Clone>$") is not null || type.IsEnum;

    private static IEnumerable<Type> Mentioned(Type type) =>
        type.GetFields(All).Select(f => f.FieldType)
            .Concat(type.GetProperties(All).Select(p => p.PropertyType))
            .Concat(type.GetConstructors(All).SelectMany(c => c.GetParameters()).Select(p => p.ParameterType))
            .Concat(type.GetMethods(All).SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType)))
            .SelectMany(t => t.IsGenericType ? t.GetGenericArguments().Append(t) : [t]);

    private const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    [GeneratedRegex(@"\b(try|finally|lock|using\s+var|using\s*\(|DateTime|DateTimeOffset\.UtcNow|TimeProvider|Stopwatch|Random|Guid|ILogger|ActivitySource|Interlocked|Task\.(Run|Delay|WhenAll|WhenAny)|ConfigureAwait)\b|static (?!readonly|string|async|bool|int|Task|ValueTask)\w+ _")]
    private static partial Regex NotInDialogs();

    [GeneratedRegex("(Manager|Helper|Util|Utils|Processor|Base|Impl|New|(?<![0-9])2)$")]
    private static partial Regex VagueName();
}
