using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Staff;
using WuShe.Services.Common.StaffChat;

namespace WuShe.Integrations.WeCom;

/// <summary>What members tap and write, brought to the staff desk as the person it is; people who are not staff get one sentence.</summary>
internal sealed class WeComDesk(StaffIdentities identities, IStaffDesk desk)
{
    private const string Chat = "企业微信";
    private const string NotStaff = "您还不在工作人员名单里，这里暂时帮不了您。请联系管理员。";
    private const string NotStaffsTap = "您不在工作人员名单里，这次点击没有生效。请联系管理员。";

    public async Task<StaffAnswer> Said(string userId, string words, string quoted, CancellationToken ct) =>
        await Who(userId, ct) is { } staff ? await desk.Said(new StaffWords(staff, words) { Quoted = quoted }, ct) : new StaffAnswer(NotStaff);

    /// <summary><paramref name="known"/> runs before anything is done, and only for staff: what a stranger's tap brings is not believed.</summary>
    public async Task<StaffAnswer> Tapped(string userId, string taskId, string key, Func<Task> known, CancellationToken ct)
    {
        var card = WeComCards.IdOf(taskId);
        if (await Who(userId, ct) is { } staff)
        {
            await known();
            return await desk.Tapped(new StaffTap(staff, card, key), ct);
        }

        await desk.Refused(new StrangersTap(Chat, userId, card), ct);
        return new StaffAnswer(NotStaffsTap);
    }

    private Task<StaffActor?> Who(string userId, CancellationToken ct) => identities.Actor(StaffIdentities.WeCom, userId, ct);
}
