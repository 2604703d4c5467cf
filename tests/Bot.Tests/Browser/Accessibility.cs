using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace WuShe.Bot.Tests.Browser;

/// <summary>axe-core's rules on what a page shows now.</summary>
public static class Accessibility
{
    /// <summary>Fails on every violation that axe-core calls serious or critical, naming the rule and the elements.</summary>
    public static async Task HasNoSeriousViolation(IPage page)
    {
        var result = await page.RunAxe(new AxeRunOptions
        {
            RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
        });
        var serious = result.Violations.Where(v => v.Impact is "serious" or "critical").ToList();
        Assert.True(serious.Count == 0, string.Join(Environment.NewLine,
            serious.Select(v => $"{v.Id}: {v.Help}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}")));
    }
}
