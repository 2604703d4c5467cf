using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using WuShe.Services.Common;

namespace WuShe.Bot.Tests.Architecture;

/// <summary>The rules of the layout, each a function from code to what breaks it.</summary>
internal static partial class LayerRules
{
    private const int MostLines = 300;

    /// <summary>From the bottom up: each may use those before it. Only the host sees everything.</summary>
    private static readonly string[] Layers = ["WuShe.Dialogs", "WuShe.Services", "WuShe.Integrations", "WuShe.Bot"];

    /// <summary>What a layer must not know of, itself or in parts: the engine no host, the services no outside system.</summary>
    private static readonly (string Layer, string Package)[] Foreign =
    [
        ("WuShe.Dialogs", "Microsoft.EntityFrameworkCore"),
        ("WuShe.Dialogs", "Microsoft.AspNetCore"),
        ("WuShe.Dialogs", "StackExchange.Redis"),
        ("WuShe.Services", "StackExchange.Redis"),
        ("WuShe.Services", "Hangfire"),
        ("WuShe.Integrations", "Hangfire"),
    ];

    public static IEnumerable<string> WrongReferences(string layer, IEnumerable<string> references) =>
        from reference in references
        where Array.IndexOf(Layers, reference) > Array.IndexOf(Layers, layer)
            || Foreign.Any(pair => pair.Layer == layer && reference.StartsWith(pair.Package, StringComparison.Ordinal))
        select $"{layer} refers to {reference}";

    /// <summary>Neither sealed nor inherited from. Pages and components are left out: the Razor compiler makes them.</summary>
    public static IEnumerable<string> Unsealed(IReadOnlyCollection<Type> types)
    {
        var inherited = types.Select(type => type.BaseType).OfType<Type>().Select(parent => parent.IsGenericType ? parent.GetGenericTypeDefinition() : parent).ToHashSet();
        return types.Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false } && !inherited.Contains(type) && !typeof(IComponent).IsAssignableFrom(type))
            .Select(type => $"{type.FullName} is not sealed");
    }

    /// <summary>A name that says nothing, or …Service on what is no manifest of a community service.</summary>
    public static IEnumerable<string> VagueNames(IEnumerable<Type> types) =>
        from type in types
        let name = type.Name.Split('`')[0]
        where VagueWord().IsMatch(name) || (name.EndsWith("Service", StringComparison.Ordinal) && !typeof(ICommunityService).IsAssignableFrom(type))
        select $"{type.FullName} has a vague name";

    /// <summary>
    /// A service that names, in a signature or in a body (<c>db.Set&lt;TheirEntity&gt;()</c>), more of another than its interfaces
    /// and the records and enums that travel through them. <paramref name="home"/> says which service a type belongs to, or none.
    /// </summary>
    public static IEnumerable<string> Reaches(IEnumerable<Type> types, Func<Type, string?> home) =>
        from type in types
        where !type.IsNested && home(type) is not null
        from used in Code.UsedBy(type)
        let other = home(Outermost(used))
        where other is not (null or "Common") && other != home(type) && !Shareable(used)
        select $"{type.FullName} uses {used.FullName}";

    public static IEnumerable<string> TooLong(IEnumerable<string> files) =>
        files.Where(file => File.ReadLines(file).Count() > MostLines).Select(file => $"{file} is longer than {MostLines} lines");

    /// <summary>Not what the compiler makes.</summary>
    public static bool Written(Type type) =>
        type.FullName is { } name && name.StartsWith("WuShe.", StringComparison.Ordinal) && !name.Contains('<', StringComparison.Ordinal)
        && type.Name != "_Imports" && !name.Contains(".Migrations.", StringComparison.Ordinal) && type.GetCustomAttribute<CompilerGeneratedAttribute>() is null;

    private static bool Shareable(Type type) => type.IsInterface || type.IsEnum || type.GetMethod("<Clone>$") is not null || IsRecordStruct(type);

    private static bool IsRecordStruct(Type type) =>
        type.IsValueType && type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null;

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    [GeneratedRegex("(Manager|Helper|Util|Utils|Utility|Utilities|Processor|Base)s?(?![a-z])|(Impl|New|(?<![0-9])2)$")]
    private static partial Regex VagueWord();
}
