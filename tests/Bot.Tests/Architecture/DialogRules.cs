using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using WuShe.Dialogs.Engine;
using WuShe.Services.Common;
using WuShe.Services.Common.Organisation;

namespace WuShe.Bot.Tests.Architecture;

/// <summary>The rules R2 to R4 for dialogs, and for every helper that takes the <see cref="Chat"/> (ADR 0002). R1 is the engine's.</summary>
internal static class DialogRules
{
    /// <summary>What all services share and a dialog may read from: it knows the street, and changes nothing.</summary>
    private static readonly Type[] Shared = [typeof(IPlaces)];

    private static readonly string[] ClockAndChance =
    [
        "System.TimeProvider", "System.Diagnostics.Stopwatch", "System.Random", "System.Security.Cryptography.RandomNumberGenerator",
        "System.Threading.Interlocked", "System.Threading.Volatile", "System.Threading.Monitor", "System.Threading.Thread", "System.Console",
    ];

    private static readonly string[] Members =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today", "System.DateTimeOffset.get_Now",
        "System.DateTimeOffset.get_UtcNow", "System.Guid.NewGuid", "System.Guid.CreateVersion7", "System.Environment.get_TickCount",
        "System.Environment.get_TickCount64", "System.Threading.Tasks.Task.Run", "System.Threading.Tasks.Task.Delay",
        "System.Threading.Tasks.Task.WhenAll", "System.Threading.Tasks.Task.WhenAny", "System.Threading.Tasks.Task.ConfigureAwait",
        "System.Threading.Tasks.Task`1.ConfigureAwait",
    ];

    private static readonly string[] LoggingAndCounting =
        ["Microsoft.Extensions.Logging", "System.Diagnostics.Metrics", "System.Diagnostics.Activity"];

    /// <summary>R3: a dialog takes use cases of its own service, interfaces that others offer, and what is shared; nothing else.</summary>
    public static IEnumerable<string> TakesOtherThanUseCases(Type dialog, IReadOnlyList<ServiceDescription> services)
    {
        var mine = services.Where(service => service.Dialogs.Any(one => one.Type == dialog)).SelectMany(service => service.UseCases);
        var allowed = mine.Concat(services.SelectMany(service => service.Interfaces.Select(offered => offered.Interface))).Concat(Shared).ToHashSet();
        return from parameter in dialog.GetConstructors().SelectMany(made => made.GetParameters())
               where !allowed.Contains(parameter.ParameterType)
               select $"{dialog.Name} takes {parameter.ParameterType.Name}";
    }

    /// <summary>Where dialog code begins: <c>Run</c> and whatever takes the Chat. What these call is dialog code as well.</summary>
    public static IEnumerable<MethodBase> Beginnings(IEnumerable<Type> types) => types.SelectMany(Code.WithNested).SelectMany(Code.Methods)
        .Where(method => method.GetMethodBody() is not null && !BelongsToEngine(method) && method.GetParameters().Any(p => p.ParameterType == typeof(Chat)));

    /// <summary>R2: every line above the open question runs again each turn, so no clock, chance, state, logging or counting.</summary>
    public static IEnumerable<string> RunsDifferentlyTheNextTime(MethodBase beginning)
    {
        var seen = new HashSet<MethodBase>();
        var open = new Queue<MethodBase>([beginning]);
        while (open.TryDequeue(out var method))
        {
            if (!seen.Add(method)) continue;
            foreach (var (_, code, member) in Code.Bodies(method).SelectMany(Code.Named))
            {
                if (Forbids(code, member)) yield return $"{Name(beginning)} reaches {member.DeclaringType!.Name}.{member.Name} in {Name(method)}";
                if (member is MethodBase called && Follow(code, called)) open.Enqueue(called);
            }
        }
    }

    /// <summary>R4: a suspended run is dropped, not unwound: nothing may be held open (try, using, lock) around what asks.</summary>
    public static IEnumerable<string> HoldsOpenAroundAQuestion(Type type) =>
        from method in Code.WithNested(type).SelectMany(Code.Methods)
        where !BelongsToEngine(method)
        from held in method.GetMethodBody()?.ExceptionHandlingClauses ?? []
        where !IsCompilers(method, held)
        from named in Code.Named(method)
        where named.At >= held.TryOffset && named.At < held.TryOffset + held.TryLength && named.Member is MethodBase asked && Asks(asked)
        select $"{Name(method)} holds something open around {named.Member.Name}";

    /// <summary>The one catch around an async method's whole code hands its exception to the task.</summary>
    private static bool IsCompilers(MethodBase method, ExceptionHandlingClause held) =>
        method.Name == "MoveNext" && held.Flags == ExceptionHandlingClauseOptions.Clause && held.CatchType == typeof(Exception)
        && held.TryLength == method.GetMethodBody()!.ExceptionHandlingClauses.Max(other => other.TryLength);

    private static bool Asks(MethodBase called) =>
        called.DeclaringType == typeof(Chat) && called.Name is "Ask" or "Fetch" or "Perform" || called.GetParameters().Any(p => p.ParameterType == typeof(Chat));

    private static bool Forbids(OpCode code, MemberInfo member)
    {
        if (member is FieldInfo field) return field.IsStatic && !field.IsInitOnly && !field.IsLiteral && !IsGenerated(field) && code != OpCodes.Ldtoken;
        if (member is not MethodBase { DeclaringType: { } owner }) return false;
        var type = (owner.IsGenericType ? owner.GetGenericTypeDefinition() : owner).FullName!;
        return ClockAndChance.Contains(type) || Members.Contains($"{type}.{member.Name}") || LoggingAndCounting.Any(start => type.StartsWith(start, StringComparison.Ordinal));
    }

    /// <summary>Into our own code, but neither into the engine nor into what Fetch and Perform run (it takes a token): that runs once.</summary>
    private static bool Follow(OpCode code, MethodBase called) =>
        called.DeclaringType?.Assembly.GetName().Name!.StartsWith("WuShe.", StringComparison.Ordinal) == true && !BelongsToEngine(called)
        && !(code == OpCodes.Ldftn && called.GetParameters().Any(p => p.ParameterType == typeof(CancellationToken)));

    private static bool BelongsToEngine(MethodBase method) => method.DeclaringType?.Namespace == typeof(Chat).Namespace;

    private static bool IsGenerated(FieldInfo field) =>
        field.Name.StartsWith('<') || field.IsDefined(typeof(CompilerGeneratedAttribute)) || field.DeclaringType!.IsDefined(typeof(CompilerGeneratedAttribute));

    private static string Name(MethodBase method) => $"{method.DeclaringType!.FullName}.{method.Name}";
}
