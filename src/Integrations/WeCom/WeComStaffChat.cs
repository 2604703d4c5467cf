using System.Security.Cryptography;
using System.Text;
using WuShe.Services.Common;
using WuShe.Services.Common.Staff;
using WuShe.Services.Common.StaffChat;

namespace WuShe.Integrations.WeCom;

/// <summary>
/// The staff of a unit on WeCom. A card with buttons goes to each of them from the app, since only there can it be tapped and
/// changed; the group sees it as a notice, by its robot where it has one, else in the chat that the app made.
/// </summary>
internal sealed class WeComStaffChat(
    WeComGroups groups, WeComMessages messages, WeComRobots robots, WeComChats chats, WeComPostings postings, WeComAlarms alarms, WeComCorp corp) : IStaffChat
{
    private static readonly DeliveryOutcome Nobody = DeliveryOutcome.Refused("nobody of the unit is on WeCom");

    public string Name => "wecom";

    public async ValueTask<bool> Reaches(Guid unitId, CancellationToken ct) => await groups.Of(unitId, ct) is { IsEmpty: false };

    public async Task<IReadOnlyList<StaffMember>> Members(Guid unitId, CancellationToken ct) => (await groups.Of(unitId, ct)).Members;

    public Task PostWaiting(CancellationToken ct) => robots.PostWaiting(ct);

    public async Task<DeliveryOutcome> Post(StaffCard card, CancellationToken ct)
    {
        var group = await groups.Of(card.UnitId, ct);
        if (group.IsEmpty) return Nobody;
        var members = await ToMembers(group, card, ct);
        if (members?.Result == DeliveryResult.Retry || (members?.Result == DeliveryResult.Refused && group is { Robot: null, HasChat: false })) return members;
        var notice = await InGroup(group, WeComCards.TaskId(card), WeComCards.Line(card), Notice(group, card), ct);
        // A notice is no card: the one that members cannot get stays owed, and one that they have got waits for no notice.
        return notice.Result == DeliveryResult.Retry ? notice : members?.Result switch
        {
            DeliveryResult.Held => members,
            DeliveryResult.Delivered when notice.Result == DeliveryResult.Held => members,
            _ => notice,
        };
    }

    /// <summary>Null when the app has nobody to send it to.</summary>
    private async Task<DeliveryOutcome?> ToMembers(WeComGroup group, StaffCard card, CancellationToken ct)
    {
        if (group.App is not { } app || group.Members.Count == 0) return null;
        if (await postings.Has(app, card)) return WeComMessages.Of(0);
        var (outcome, code) = await messages.Card(app, group.Addresses, WeComCards.Of(card, corp.Limits.AppCard, groups.Link(card)), ct);
        if (outcome.Result == DeliveryResult.Delivered)
        {
            await postings.Note(app, card, group.Addresses, code);
            await postings.Shows(app, card);
        }

        return await alarms.Seen(app.Name, outcome);
    }

    public async Task<DeliveryOutcome> Update(StaffCard card, CancellationToken ct)
    {
        var group = await groups.Of(card.UnitId, ct);
        if (group.IsEmpty) return Nobody;
        if (group.App is { } app && await postings.Latest(app, card) is { } posting)
        {
            if (await postings.TakeCode(app, posting.TaskId) is { } code)
            {
                var changed = WeComCards.Of(card, corp.Limits.AppCard, groups.Link(card)) with { TaskId = posting.TaskId };
                var outcome = await messages.Change(app, posting.People, code, card.Buttons.Count == 0 ? card.Done : null, changed, ct);
                if (outcome.Result == DeliveryResult.Delivered) await postings.Shows(app, card);
                if (outcome.Result is DeliveryResult.Retry or DeliveryResult.Held) await postings.PutBack(app, posting.TaskId, code);
                // A code that is used up or too old: people are told in words instead.
                if (outcome.Result != DeliveryResult.Refused) return await alarms.Seen(app.Name, outcome);
            }

            // Of several taps at once one changes the card for all: the others have nothing left to change or to say.
            return await postings.ShowsAlready(app, card) ? WeComMessages.Of(0) : await Words(group, card, ct);
        }

        return group.Members.Count > 0 ? DeliveryOutcome.Refused("no such card") : await Words(group, card, ct);
    }

    public async Task<DeliveryOutcome> Say(Guid unitId, string key, StaffPost post, CancellationToken ct)
    {
        var group = await groups.Of(unitId, ct);
        if (group.IsEmpty) return Nobody;
        if (group.Robot is not null || group.HasChat)
        {
            var line = post.Lines.Count == 0 ? post.Words : $"{post.Words}：{string.Join("；", post.Lines)}";
            return await InGroup(group, key, line, Body(post, group.Robot is not null), ct);
        }

        return await alarms.Seen(group.App!.Name, await postings.Once(group.App!, key, () => messages.Say(group.App!, group.Addresses, Body(post, robot: false), ct)));
    }

    private WeComSend Body(StaffPost post, bool robot) =>
        WeComMessages.Body(post, corp.Limits.TextBytes, robot ? corp.Limits.RobotMarkdownBytes : corp.Limits.MarkdownBytes);

    /// <summary>What became of a card that cannot change any more.</summary>
    private Task<DeliveryOutcome> Words(WeComGroup group, StaffCard card, CancellationToken ct)
    {
        var words = WeComCards.Line(card);
        var key = $"{WeComCards.TaskId(card)}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(words)))[..16]}";
        return Say(group.UnitId, key, new StaffPost(words), ct);
    }

    private async Task<DeliveryOutcome> InGroup(WeComGroup group, string key, string line, WeComSend message, CancellationToken ct)
    {
        if (group.Robot is { } robot) return await alarms.Seen(robot.Name, await robots.Post(robot, key, line, message, ct));
        if (group is { HasChat: true, App: { } app })
            return await alarms.Seen(app.Name, await postings.Once(app, key, () => chats.Post(app, group.UnitId, group.UnitName, group.Members, message, ct)));
        return WeComMessages.Of(0);
    }

    /// <summary>In a group nobody can tap: a robot's card only leads to the page, a chat shows a text card.</summary>
    private WeComSend Notice(WeComGroup group, StaffCard card)
    {
        var notice = WeComCards.Of(card with { Buttons = [] }, corp.Limits.AppCard, groups.Link(card));
        if (group.Robot is not null) return new WeComSend("template_card") { TemplateCard = notice with { TaskId = null } };
        var details = string.Join('\n', card.Lines.Select(line => $"{line.Name}：{line.Words}"));
        return new WeComSend("textcard")
        {
            Textcard = new WeComTextCard(WeComFit.Characters(WeComFit.Plain(card.Title), corp.Limits.TextCardTitle), WeComFit.Bytes(WeComFit.Plain(details), corp.Limits.TextCardBytes), groups.Link(card).AbsoluteUri, "看详情"),
        };
    }
}

/// <summary>A unit as WeCom reaches it.</summary>
internal sealed record WeComGroup(Guid UnitId, string UnitName, WeComApp? App, IReadOnlyList<StaffMember> Members, WeComRobot? Robot, int MostInChat)
{
    public bool HasChat => App is not null && WeComChats.Possible(App, Members, MostInChat);

    public bool IsEmpty => Robot is null && (App is null || Members.Count == 0);

    public IReadOnlyList<string> Addresses => [.. Members.Select(member => member.Address)];
}

/// <summary>Who and what belongs to a unit's group.</summary>
internal sealed class WeComGroups(WeComCorp corp, WeComRobots robots, StaffIdentities identities, IPublicUrl pages)
{
    public async Task<WeComGroup> Of(Guid unitId, CancellationToken ct)
    {
        var (name, members) = await identities.OfUnit(StaffIdentities.WeCom, unitId, ct);
        return new WeComGroup(unitId, name, corp.StaffApp, [.. members.Take(corp.Limits.Receivers)], robots.Of(name), corp.Limits.ChatMembers);
    }

    /// <summary>The page behind a card. Whoever opens it inside WeCom is signed in on the way.</summary>
    public Uri Link(StaffCard card) => pages.Of(corp.StaffApp is null ? card.Path : "/staff/wecom?to=" + Uri.EscapeDataString(card.Path));
}
