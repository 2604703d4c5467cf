using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs;
using WuShe.Fakes;
using WuShe.Services.Cases;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Messages;

namespace WuShe.Soak;

/// <summary>Whether every inbound message was acted on exactly once, and every outbound one delivered or has its reason.</summary>
internal sealed class Verdict(FakeWeChat platform, Residents residents, Staff staff)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public async Task<bool> Print()
    {
        await Settled();
        await using var db = staff.Context();
        var cases = await db.Set<Case>().Where(one => one.Reporter.StartsWith("wechat.soak:")).Select(one => new { one.Number, one.Reporter }).ToListAsync();
        var expected = residents.Told.Sum(person => person.Value.Count);
        foreach (var (openId, numbers) in residents.Told)
        {
            var stored = cases.Where(one => one.Reporter.EndsWith(openId, StringComparison.Ordinal)).Select(one => one.Number).ToHashSet();
            if (stored.Count != numbers.Count || !stored.SetEquals(numbers))
                residents.Wrong.Enqueue($"{openId[..11]}… was told of {numbers.Count} cases, {stored.Count} are stored");
        }

        var end = TimeProvider.System.GetUtcNow();
        var outbox = await db.Set<OutboxMessage>().AsNoTracking().Where(one => one.To.StartsWith("wechat.soak:") && one.DueAt <= end).ToListAsync();
        var delivered = outbox.Where(one => one.DeliveredAt is not null).ToList();
        var waiting = outbox.Where(one => one.DeliveredAt is null).ToList();
        foreach (var one in waiting.Where(one => one.Outcome.Length == 0)) residents.Wrong.Enqueue($"{one.Key} was not delivered and has no reason");
        var arrived = platform.Delivered.GroupBy(one => (one.OpenId, one.Text)).ToDictionary(one => one.Key, one => one.Count());
        var forms = platform.Notices.Delivered.GroupBy(form => (form.OpenId, form.Id)).ToDictionary(one => one.Key, one => one.Count());
        var twice = 0;
        foreach (var row in delivered)
        {
            var to = ConversationId.Parse(row.To).Address;
            var copies = row.Outcome.Contains("by template", StringComparison.Ordinal)
                ? forms.GetValueOrDefault((to, row.Key))
                : arrived.GetValueOrDefault((to, Text(row)));
            if (copies == 0) residents.Wrong.Enqueue($"{row.Key} counts as delivered and did not arrive");
            else if (copies > 1) twice++;
        }

        var byForm = delivered.Count(row => row.Outcome.Contains("by template", StringComparison.Ordinal));
        var faults = platform.Log.Count(call => call.Fault != WeChatFault.None);
        Console.WriteLine($"inbound:  {residents.Messages} messages in {residents.Pushes} deliveries; {expected} reports confirmed, {cases.Count} cases stored");
        Console.WriteLine($"outbound: {outbox.Count} messages after {staff.Steps} steps of staff; {delivered.Count} delivered ({byForm} by template; {twice} twice, after an answer that was lost), {waiting.Count} not, each with its reason:");
        foreach (var reason in waiting.GroupBy(one => one.Outcome).OrderByDescending(one => one.Count())) Console.WriteLine($"          {reason.Count()} × {reason.Key}");
        Console.WriteLine($"platform: {platform.Log.Count} calls, {faults} of them failed on purpose");
        if (cases.Count != expected) residents.Wrong.Enqueue($"{cases.Count} cases are stored for {expected} confirmed reports");
        foreach (var wrong in residents.Wrong.Take(20)) Console.WriteLine($"WRONG: {wrong}");
        Console.WriteLine(residents.Wrong.IsEmpty ? "every inbound message was acted on exactly once, every outbound one is delivered or has its reason" : $"{residents.Wrong.Count} things are wrong");
        return residents.Wrong.IsEmpty;
    }

    /// <summary>Waits until nothing is due any more that could still be delivered.</summary>
    private async Task Settled()
    {
        var until = TimeProvider.System.GetUtcNow() + Patience;
        while (TimeProvider.System.GetUtcNow() < until)
        {
            await using var db = staff.Context();
            var now = TimeProvider.System.GetUtcNow();
            if (!await db.Set<OutboxMessage>().AnyAsync(one => one.FinishedAt == null && !one.Parked && one.DueAt <= now)) return;
            await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        }
        residents.Wrong.Enqueue("messages were still under way after ten minutes");
    }

    private static string Text(OutboxMessage row)
    {
        using var json = System.Text.Json.JsonDocument.Parse(row.Content);
        return json.RootElement.GetProperty("Messages")[0].GetProperty("Text").GetString()!;
    }
}
