using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Common.Staff;

/// <summary>What an import would do, or did: a line in Chinese for each person it concerns.</summary>
public sealed record StaffImportReport(IReadOnlyList<string> Lines, int Added, int Bound, int Moved, int Unbound, int Skipped);

/// <summary>
/// Brings the staff list up to date with a directory: new people get an account without a password, people who left lose
/// their id, people who changed the department change the unit. Rights come from the unit and the position; nobody becomes
/// admin, and nobody is taken for somebody else because of a name.
/// </summary>
public sealed class StaffImport(IDbContextFactory<CommunityDb> databases, OrganisationMap map, IEnumerable<IStaffLeaving> owners, TimeProvider time)
{
    private const int MaxName = 60;

    /// <summary>Who moves people when a directory does.</summary>
    private static readonly StaffActor Directory = new(Guid.Empty, "通讯录", Role.Admin, Guid.Empty);

    // Asked in this order: a 站长 may be a social worker by profession.
    private static readonly (string Word, Role Role, string Title)[] Positions =
    [
        ("站长", Role.StationLead, "站长"), ("律师", Role.Lawyer, "律师"), ("社工", Role.SocialWorker, "社工"),
        ("社会工作者", Role.SocialWorker, "社工"), ("网格", Role.Grid, "网格员"),
    ];

    /// <summary>Without <paramref name="apply"/> it only says what it would do. With it all of that is done, or nothing.</summary>
    public async Task<StaffImportReport> Run(IStaffDirectory directory, bool apply, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var logins = await db.UserLogins.Where(l => l.LoginProvider == directory.System).ToListAsync(ct);
        var members = await directory.Read(ct);
        if (members.Count == 0) throw new StaffDirectoryException("通讯录是空的：请检查应用的可见范围。什么都没有改。");
        var plan = new Plan(db, directory.System, await db.Users.ToListAsync(ct), await db.Set<Unit>().ToListAsync(ct), logins, time.GetUtcNow());
        foreach (var member in members.OrderBy(m => m.Id, StringComparer.Ordinal)) plan.Take(member);
        plan.Leave(members);
        if (apply)
        {
            foreach (var (who, unit) in plan.Moving)
            {
                foreach (var owner in owners) await owner.Leaving(db, who, Directory, ct);
                who.UnitId = unit.Id;
            }

            await db.SaveChangesAsync(ct);
            await map.Reload(ct);
        }

        return plan.Report;
    }

    private sealed class Plan(
        CommunityDb db, string system, List<StaffUser> staff, List<Unit> units, List<IdentityUserLogin<Guid>> logins, DateTimeOffset now)
    {
        private readonly Dictionary<Guid, StaffUser> _byId = staff.ToDictionary(s => s.Id);
        private readonly Dictionary<string, StaffUser> _byLogin = staff.ToDictionary(s => s.NormalizedUserName ?? s.Id.ToString(), StringComparer.Ordinal);
        private readonly Dictionary<string, IdentityUserLogin<Guid>> _byKey = logins.ToDictionary(l => l.ProviderKey, StringComparer.Ordinal);
        private readonly ILookup<string, Unit> _units = units.ToLookup(u => u.Name.Trim(), StringComparer.Ordinal);
        private readonly List<string> _lines = [];
        private int _added, _bound, _moved, _unbound, _skipped;

        /// <summary>Those who go to another unit; what is theirs is handed on first.</summary>
        public List<(StaffUser Who, Unit To)> Moving { get; } = [];

        public StaffImportReport Report => new(_lines, _added, _bound, _moved, _unbound, _skipped);

        public void Take(DirectoryMember member)
        {
            if (!member.Active) return;
            if (_byKey.TryGetValue(StaffIdentities.Key(member.Id), out var known))
            {
                if (_byId.TryGetValue(known.UserId, out var one)) Move(one, member);
                return;
            }

            if (_byLogin.TryGetValue(member.Id.Trim().ToUpperInvariant(), out var same)) Bind(same, member);
            else Add(member);
        }

        /// <summary>Ids that the directory no longer has, or has as left or disabled.</summary>
        public void Leave(IReadOnlyList<DirectoryMember> members)
        {
            var here = members.Where(m => m.Active).Select(m => StaffIdentities.Key(m.Id)).ToHashSet(StringComparer.Ordinal);
            foreach (var gone in logins.Where(l => !here.Contains(l.ProviderKey)).OrderBy(l => l.ProviderKey, StringComparer.Ordinal))
            {
                db.Remove(gone);
                _unbound++;
                _lines.Add($"解除 {gone.ProviderKey}：已不在通讯录，{NameOf(gone.UserId)}的账号保留，请看是否停用");
            }
        }

        private void Move(StaffUser one, DirectoryMember member)
        {
            // An id that knows its unit by hand is left alone when the directory says nothing we understand.
            if (one.Role is Role.Admin or Role.Centre || UnitOf(member, out _) is not { } unit || unit.Id == one.UnitId) return;
            _lines.Add($"调整 {member.Id}：{one.DisplayName}，{units.Find(u => u.Id == one.UnitId)?.Name ?? "无"} → {unit.Name}");
            Moving.Add((one, unit));
            _moved++;
        }

        private void Bind(StaffUser same, DirectoryMember member)
        {
            if (same.Role == Role.Admin) Skip(member, $"和管理员账号 {same.UserName} 同名，要用 wecom bind 单独绑定");
            else if (StaffAccounts.IsClosed(same, now)) Skip(member, "账号已停用");
            else if (logins.Exists(l => l.UserId == same.Id)) Skip(member, $"{same.DisplayName}已经绑定了另一个账号");
            else
            {
                db.Add(StaffIdentities.New(system, member.Id, same.Id));
                _bound++;
                _lines.Add($"绑定 {member.Id}（{member.Name}）：{same.DisplayName}");
            }
        }

        private void Add(DirectoryMember member)
        {
            var position = Array.Find(Positions, p => member.Position.Contains(p.Word, StringComparison.Ordinal));
            if (position.Word is null) Skip(member, member.Position.Length == 0 ? "没有写职务" : $"职务「{member.Position}」不认识");
            else if (UnitOf(member, out var why) is not { } unit) Skip(member, why);
            else if (!IsLogin(member.Id)) Skip(member, "账号不能当登录名");
            else
            {
                var name = $"{position.Title} {member.Name.Trim()}";
                var added = new StaffUser
                {
                    Id = Guid.CreateVersion7(now),
                    UserName = member.Id.Trim(),
                    NormalizedUserName = member.Id.Trim().ToUpperInvariant(),
                    DisplayName = name.Length <= MaxName ? name : name[..MaxName],
                    Role = position.Role,
                    UnitId = unit.Id,
                    LockoutEnabled = true,
                    SecurityStamp = RandomNumberGenerator.GetHexString(32),
                };
                db.Add(added);
                db.Add(StaffIdentities.New(system, member.Id, added.Id));
                _byLogin[added.NormalizedUserName] = added;
                _added++;
                _lines.Add($"新增 {member.Id}：{added.DisplayName}，{unit.Name}");
            }
        }

        /// <summary>The unit that bears a department's name, or that of a department above it.</summary>
        private Unit? UnitOf(DirectoryMember member, out string why)
        {
            var found = new List<Unit>();
            foreach (var path in member.Departments)
            {
                if (path.FirstOrDefault(name => _units.Contains(name.Trim())) is not { } named) continue;
                var same = _units[named.Trim()].ToList();
                if (same.Count > 1)
                {
                    why = $"有 {same.Count} 个单位叫「{named}」";
                    return null;
                }

                if (!found.Contains(same[0])) found.Add(same[0]);
            }

            why = found.Count == 0
                ? $"部门「{string.Join("、", member.Departments.Select(path => path.Count > 0 ? path[0] : ""))}」不是这里的单位"
                : $"在几个单位：{string.Join("、", found.Select(u => u.Name))}";
            return found is [var one] ? one : null;
        }

        private void Skip(DirectoryMember member, string why)
        {
            _skipped++;
            _lines.Add($"跳过 {member.Id}（{member.Name}）：{why}");
        }

        private string NameOf(Guid id) => _byId.TryGetValue(id, out var one) ? one.DisplayName : "";

        private static bool IsLogin(string id) => id.Length is > 0 and <= 64 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '@');
    }
}
