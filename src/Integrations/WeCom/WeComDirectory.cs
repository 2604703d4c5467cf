using System.Globalization;
using WuShe.Services.Common.Staff;

namespace WuShe.Integrations.WeCom;

/// <summary>WeCom's members and departments, as far as the app may see them.</summary>
internal sealed class WeComDirectory(WeComApi api, WeComCorp corp) : IStaffDirectory
{
    private const int Activated = 1;
    private const int NotYetActivated = 4;

    public string System => StaffIdentities.WeCom;

    public async Task<IReadOnlyList<DirectoryMember>> Read(CancellationToken ct)
    {
        var app = corp.StaffApp ?? throw new StaffDirectoryException("没有设置企业微信应用：WeCom:Apps。");
        try
        {
            var departments = await Departments(app, ct);
            var members = new Dictionary<string, DirectoryMember>(StringComparer.OrdinalIgnoreCase);
            foreach (var department in departments.Keys)
            {
                var path = Invariant($"cgi-bin/user/simplelist?department_id={department}");
                foreach (var user in (await Ask(app, path, ct)).Users ?? [])
                    if (user.Userid is { Length: > 0 } id && !members.ContainsKey(id)) members[id] = await Member(app, id, user, departments, ct);
            }

            return [.. members.Values];
        }
        catch (Exception failure) when (failure is HttpRequestException or Polly.ExecutionRejectedException)
        {
            throw new StaffDirectoryException("企业微信没有应答，请稍后再试。什么都没有改。", failure);
        }
        catch (WeComException refused)
        {
            throw new StaffDirectoryException($"企业微信不让看通讯录（{WeComErrors.Outcome(refused.Code).Reason}）。什么都没有改。", refused);
        }
    }

    private async Task<Dictionary<int, WeComDepartment>> Departments(WeComApp app, CancellationToken ct)
    {
        var found = new Dictionary<int, WeComDepartment>();
        foreach (var one in (await Ask(app, "cgi-bin/department/simplelist", ct)).DepartmentId ?? [])
            if ((await Ask(app, Invariant($"cgi-bin/department/get?id={one.Id}"), ct)).Department is { } department)
                found[one.Id] = department with { Id = one.Id, Parentid = one.Parentid };
        return found;
    }

    private async Task<DirectoryMember> Member(
        WeComApp app, string id, WeComUser user, Dictionary<int, WeComDepartment> departments, CancellationToken ct)
    {
        var details = await Ask(app, "cgi-bin/user/get?userid=" + Uri.EscapeDataString(id), ct);
        return new DirectoryMember(
            id, user.Name ?? "", [.. (user.Department ?? []).Select(department => Upwards(department, departments))],
            details.Position ?? "", details.Status is Activated or NotYetActivated);
    }

    /// <summary>The names from a department up to the root; a loop ends where it begins.</summary>
    private static List<string> Upwards(int department, Dictionary<int, WeComDepartment> departments)
    {
        var (names, seen) = (new List<string>(), new HashSet<int>());
        while (seen.Add(department) && departments.TryGetValue(department, out var one))
        {
            names.Add(one.Name ?? "");
            department = one.Parentid;
        }

        return names;
    }

    private async Task<WeComReturn> Ask(WeComApp app, string path, CancellationToken ct)
    {
        var answer = await api.Get(app, path, ct);
        return answer.Code == 0 ? answer : throw new WeComException(answer.Code);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
