using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace WuShe.Integrations.WeChat.Notices;

/// <summary>Compares the configured templates with the accounts' own at start and once a day; what differs is a warning that names field and limit.</summary>
public sealed partial class WatchWeChatTemplates(
    WeChatAccounts accounts, WeChatTemplates templates, TimeProvider time, ILogger<WatchWeChatTemplates> log) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Daily = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var all = true;
            foreach (var account in accounts.All.Where(one => one.Notices.Count > 0)) all &= await Check(account, stoppingToken);
            await Task.Delay(all ? Daily : Again, time, stoppingToken);
        }
    }

    private async Task<bool> Check(WeChatAccount account, CancellationToken ct)
    {
        try
        {
            foreach (var fault in await templates.Check(account, ct))
                Differs(account.Name, fault.Kind, fault.Form, fault.Field.Length == 0 ? "(all)" : fault.Field, fault.Limit, fault.Reason);
            return true;
        }
        catch (Exception problem) when (problem is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            NotRead(account.Name, problem is WeChatException { Code: var code } ? $"errcode {code}" : problem.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(3120, LogLevel.Warning, "WeChat:Accounts:{Account}:Notices:{Kind}:{Form} is not used: field {Field} (at most {Limit} characters): {Reason}")]
    private partial void Differs(string account, string kind, WeChatForm form, string field, int limit, string reason);

    [LoggerMessage(3121, LogLevel.Warning, "The templates of the WeChat account {Account} could not be read ({Problem}); asked again in ten minutes")]
    private partial void NotRead(string account, string problem);
}
