using System.Runtime.CompilerServices;
using Microsoft.Playwright;

namespace WuShe.Bot.Tests.Browser;

internal static class ExpectationPatience
{
    /// <summary>Test machines are busy: an expectation fails after half a minute, in every test.</summary>
    [ModuleInitializer]
    internal static void Set() => Assertions.SetDefaultExpectTimeout(30_000);
}
