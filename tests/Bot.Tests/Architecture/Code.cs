using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace WuShe.Bot.Tests.Architecture;

/// <summary>Reads what compiled code names: in its signatures and, by its IL, in its bodies.</summary>
internal static class Code
{
    private const BindingFlags All =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private const byte TwoByteCode = 0xFE;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>The type and all that the compiler or the author put inside it: state machines and lambdas are nested types.</summary>
    public static IEnumerable<Type> WithNested(Type type) => type.GetNestedTypes(All).SelectMany(WithNested).Prepend(type);

    /// <summary>Methods and constructors that are written in the type itself.</summary>
    public static IEnumerable<MethodBase> Methods(Type type) => type.GetMethods(All).Concat<MethodBase>(type.GetConstructors(All));

    /// <summary>The method with the code that the compiler moved elsewhere: the state machine of an async method or iterator.</summary>
    public static IEnumerable<MethodBase> Bodies(MethodBase method) =>
        method.GetCustomAttribute<StateMachineAttribute>() is { StateMachineType: var machine }
            ? [method, machine.GetMethod("MoveNext", All)!]
            : [method];

    /// <summary>Types, methods and fields that the body names, and where in its IL.</summary>
    public static IEnumerable<(int At, OpCode Code, MemberInfo Member)> Named(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } il) yield break;
        var typeArguments = method.DeclaringType?.GetGenericArguments();
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < il.Length;)
        {
            var start = at;
            var code = il[at] == TwoByteCode ? Codes[unchecked((short)(TwoByteCode << 8 | il[at + 1]))] : Codes[il[at]];
            at += code.Size;
            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
                yield return (start, code, method.Module.ResolveMember(BitConverter.ToInt32(il, at), typeArguments, methodArguments)!);
            at += OperandSize(code.OperandType, il, at);
        }
    }

    /// <summary>Every type that the type names anywhere, whole and taken apart: <c>List&lt;Case&gt;</c> names <c>Case</c> as well.</summary>
    public static IEnumerable<Type> UsedBy(Type type) => WithNested(type).SelectMany(part =>
            part.GetInterfaces().Append(part.BaseType)
                .Concat(part.GetFields(All).Select(field => field.FieldType))
                .Concat(Methods(part).SelectMany(UsedBy)))
        .OfType<Type>().SelectMany(Parts).Distinct();

    private static IEnumerable<Type?> UsedBy(MethodBase method) => Signature(method)
        .Concat(method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? [])
        .Concat(Named(method).SelectMany(named => named.Member switch
        {
            Type type => [type],
            FieldInfo field => [field.DeclaringType, field.FieldType],
            MethodBase called => Signature(called).Append(called.DeclaringType).Concat(called.IsGenericMethod ? called.GetGenericArguments() : []),
            _ => Array.Empty<Type?>(),
        }));

    private static IEnumerable<Type?> Signature(MethodBase method) =>
        method.GetParameters().Select(parameter => parameter.ParameterType).Append((method as MethodInfo)?.ReturnType);

    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType) return Parts(type.GetElementType()!);
        if (!type.IsGenericType) return [type];
        return type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition());
    }

    private static int OperandSize(OperandType operand, byte[] il, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(il, at),
        _ => 4,
    };
}
