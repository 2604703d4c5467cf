using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Staff;

namespace WuShe.Services.Organisation;

/// <summary>The rows of people, each known by the login. Who leaves or goes to another unit hands on what is theirs, as in the console.</summary>
internal sealed class PeopleRows(ImportPlan plan, UnitRows units, List<StaffUser> staff)
{
    private readonly Dictionary<string, StaffUser> _byLogin = staff.ToDictionary(one => one.NormalizedUserName ?? one.UserName?.ToUpperInvariant() ?? one.Id.ToString(), StringComparer.Ordinal);

    public async Task Take(IReadOnlyList<SheetRow> rows, CancellationToken ct)
    {
        var seen = new Dictionary<string, SheetRow>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var login = row[SheetColumns.Login].ToUpperInvariant();
            if (login.Length > 0 && !seen.TryAdd(login, row)) plan.Wrong(row, $"登录名“{row[SheetColumns.Login]}”和第 {seen[login].Number} 行一样，一个登录名只能给一个人");
            else if (row.Says(SheetColumns.Gone)) await Leave(row, login, ct);
            else await Take(row, login, ct);
        }

        var admins = staff.Any(one => one.Role == Role.Admin && one.LeftAt is null);
        if (!admins && rows.FirstOrDefault(row => !plan.IsWrong(row)) is { } first && staff.Exists(one => one.Role == Role.Admin)) plan.Wrong(first, "这样一位管理员也没有了");
    }

    /// <summary>The person with that login, as the sheet would have them; null after saying why there is none.</summary>
    public StaffUser? Find(string login, Action<string> wrong)
    {
        if (_byLogin.TryGetValue(login.ToUpperInvariant(), out var one)) return one;
        wrong($"没有登录名是“{login}”的人");
        return null;
    }

    private async Task Leave(SheetRow row, string login, CancellationToken ct)
    {
        if (!_byLogin.TryGetValue(login, out var who) || who.LeftAt is not null) plan.Same();
        else if (who.Id == plan.Actor.Id) plan.Wrong(row, "不能把自己标为离开");
        else if (!Mine(who)) plan.Wrong(row, $"{who.DisplayName}不在您的单位里");
        else
        {
            plan.Removed(row, $"{who.DisplayName}离开，账号停用{await Handed(who, ct)}");
            Departures.Close(who, plan.Now);
        }
    }

    private async Task Take(SheetRow row, string login, CancellationToken ct)
    {
        var (name, hours) = (row[SheetColumns.Title], row[SheetColumns.Hours]);
        if (OrganisationWords.RoleOf(row[SheetColumns.Role]) is not { } role)
        {
            plan.Wrong(row, $"角色“{row[SheetColumns.Role]}”不认识，请写：网格员、社工、律师、站长、中心人员、管理员、第三方");
            return;
        }

        var node = row[SheetColumns.Unit] is { Length: > 0 } named ? units.Find(named, why => plan.Wrong(row, why)) : null;
        if (node is null) plan.Wrong(row, "单位要写");
        else if (People.Wrong(row[SheetColumns.Login], name, role, hours, node.Level) is { } wrong) plan.Wrong(row, wrong);
        else if (!units.May(node)) plan.Wrong(row, $"“{node.Name}”不在您的单位里");
        else if (!OrganisationRights.MayGive(plan.Actor, role)) plan.Wrong(row, $"您不能给出角色“{role.Chinese()}”");
        else if (node.Unit is null) plan.Wrong(row, $"单位“{node.Name}”那一行有错");
        else if (_byLogin.TryGetValue(login, out var who)) await Change(row, who, name, role, hours, node, ct);
        else Add(row, login, name, role, hours, node);
    }

    private void Add(SheetRow row, string login, string name, Role role, string hours, UnitRows.Node node)
    {
        var added = People.New(row[SheetColumns.Login], name, role, node.Unit!.Id, hours, plan.Now);
        plan.Db.Add(added);
        staff.Add(added);
        _byLogin[login] = added;
        plan.Added(row, $"{name}（{row[SheetColumns.Login]}），{role.Chinese()}，在“{node.Name}”");
    }

    private async Task Change(SheetRow row, StaffUser who, string name, Role role, string hours, UnitRows.Node node, CancellationToken ct)
    {
        if (StaffAccounts.IsClosed(who, plan.Now)) plan.Wrong(row, $"登录名“{who.UserName}”是已经离开的{who.DisplayName}的，请换一个");
        else if (!Mine(who)) plan.Wrong(row, $"登录名“{who.UserName}”已经有人用了，不在您的单位里");
        else if (who.Id == plan.Actor.Id && role != who.Role) plan.Wrong(row, "不能改自己的角色");
        else
        {
            var changes = new List<string>();
            var kept = row.Has(SheetColumns.Hours) ? PersonalHours.Read(hours)?.ToString() : who.DutyHours;
            if (who.DisplayName != name) changes.Add($"称呼改为“{name}”");
            if (who.Role != role) changes.Add($"角色 {who.Role.Chinese()} → {role.Chinese()}");
            if (who.DutyHours != kept) changes.Add($"值班时间 {who.DutyHours ?? "随单位"} → {kept ?? "随单位"}");
            if (who.UnitId != node.Unit!.Id) changes.Add($"移到“{node.Name}”{await Handed(who, ct)}");
            plan.Changed(row, who.DisplayName, changes);
            (who.DisplayName, who.Role, who.DutyHours, who.UnitId) = (name, role, kept, node.Unit.Id);
        }
    }

    /// <summary>Hands on what is the person's and says what that is.</summary>
    private async Task<string> Handed(StaffUser who, CancellationToken ct)
    {
        var lines = await plan.Departures.Foretell(plan.Db, who, ct);
        await plan.Departures.HandOn(plan.Db, who, plan.Actor, ct);
        return lines.Count == 0 ? "" : $"，移交：{string.Join("，", lines)}";
    }

    private bool Mine(StaffUser who) => OrganisationRights.MayGive(plan.Actor, who.Role) && units.May(units.Of(who.UnitId));
}
