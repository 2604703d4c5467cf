using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using WuShe.Services.Common;

namespace WuShe.Integrations.WeChat.Notices;

/// <summary>
/// Holds the configured templates against the account's own lists: a form whose fields do not match is not used, since the
/// platform would refuse it (47003) or show blanks. Until a list could be read, its forms are taken as they are.
/// </summary>
public sealed partial class WeChatTemplates(WeChatApi api, IEnumerable<NoticeDescription> kinds, IOptions<WeChatOptions> options)
{
    private const int MaxList = 1024 * 1024;
    internal const string TemplateList = "cgi-bin/template/get_all_private_template";
    internal const string NoticeList = "wxaapi/newtmpl/gettemplate";

    private readonly ConcurrentDictionary<(string Account, WeChatForm Form, string Id), IReadOnlyList<WeChatTemplateFault>> _checked = [];
    private readonly ConcurrentDictionary<(string Account, WeChatForm Form, string Id), WeChatTemplate> _known = [];
    private readonly Dictionary<string, NoticeDescription> _kinds = kinds.ToDictionary(kind => kind.Kind, StringComparer.Ordinal);
    private readonly WeChatFieldLimits _limits = options.Value.Limits.Fields;

    /// <summary>Why the form is not used, in a few words; null when it may be.</summary>
    internal string? Fault(WeChatAccount account, WeChatForm form, WeChatTemplateOptions template) =>
        _checked.TryGetValue((account.Name, form, template.Id), out var faults) && faults.Count > 0 ? faults[0].Reason : null;

    /// <summary>The template as the account has it; null while its list was not read, or when it has none of that id.</summary>
    public WeChatTemplate? Known(WeChatAccount account, WeChatForm form, string id) => _known.GetValueOrDefault((account.Name, form, id));

    /// <summary>
    /// Reads the account's lists anew and compares. Throws <see cref="WeChatException"/> when the platform refuses, <see cref="HttpRequestException"/>
    /// when it cannot be asked now.
    /// </summary>
    public async Task<IReadOnlyList<WeChatTemplateFault>> Check(WeChatAccount account, CancellationToken ct)
    {
        var all = new List<WeChatTemplateFault>();
        var lists = new Dictionary<WeChatForm, IReadOnlyList<WeChatTemplate>>();
        foreach (var (kind, notice) in account.Notices.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            foreach (var (form, template) in notice.Forms)
            {
                if (!lists.TryGetValue(form, out var list)) lists[form] = list = await List(account, form, ct);
                var mine = list.FirstOrDefault(one => one.Id == template.Id);
                var faults = Compare(kind, form, template, mine).ToList();
                var key = (account.Name, form, template.Id);
                if (mine is not null) _known[key] = mine;
                _checked[key] = faults;
                all.AddRange(faults);
            }
        }
        return all;
    }

    private IEnumerable<WeChatTemplateFault> Compare(string kind, WeChatForm form, WeChatTemplateOptions template, WeChatTemplate? mine)
    {
        WeChatTemplateFault Fault(string field, string reason, string words) => new(kind, form, template.Id, field, _limits.Of(WeChatFieldFit.TypeOf(field)), reason, words);
        foreach (var (field, reason, words) in Differences(template, mine)) yield return Fault(field, reason, words);
        if (mine is null) yield break;
        if (!_kinds.TryGetValue(kind, out var described)) yield break;
        foreach (var (field, ours) in template.Fields)
        {
            if (!described.Sample.TryGetValue(ours, out var sample)) yield return Fault(field, $"{kind} has no {ours}", $"没有名叫 {ours} 的内容");
            else if (WeChatFieldFit.Fit(field, sample, _limits) is null) yield return Fault(field, $"{field} cannot hold {ours}", $"放不下 {ours}，比如「{sample}」");
        }
    }

    /// <summary>Where a configured form and the account's template (null when it has none of that id) do not match, by field.</summary>
    internal static IEnumerable<(string Field, string Reason, string Words)> Differences(WeChatTemplateOptions template, WeChatTemplate? mine)
    {
        if (mine is null)
        {
            yield return ("", "template not in the account's list", "公众号的模板列表里没有这个编号");
            yield break;
        }
        foreach (var field in template.Fields.Keys.Except(mine.Fields, StringComparer.Ordinal))
            yield return (field, $"{field} is not in the template", "模板里没有这个字段");
        foreach (var field in mine.Fields.Except(template.Fields.Keys, StringComparer.Ordinal))
            yield return (field, $"{field} is not filled", "模板里的这个字段没有设置填什么");
    }

    private async Task<IReadOnlyList<WeChatTemplate>> List(WeChatAccount account, WeChatForm form, CancellationToken ct)
    {
        var answer = await api.Call(
            account, form == WeChatForm.Template ? TemplateList : NoticeList, HttpMethod.Get, () => null, ReadList, list => list.Code, ct);
        if (answer.Code != 0) throw new WeChatException(answer.Code);
        return form == WeChatForm.Template
            ? [.. (answer.Templates ?? []).Select(one => Template(one.Id, one.Title, one.Content))]
            : [.. (answer.Notices ?? []).Select(one => Template(one.Id, one.Title, one.Content))];
    }

    internal static WeChatTemplate Template(string? id, string? title, string? content) =>
        new(id ?? "", title ?? "", content ?? "", [.. Placeholder().Matches(content ?? "").Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal)]);

    private static async Task<WeChatTemplateList> ReadList(HttpResponseMessage response, CancellationToken ct)
    {
        if (response.StatusCode != HttpStatusCode.OK) throw new HttpRequestException("WeChat did not answer the list of templates.");
        await response.Content.LoadIntoBufferAsync(MaxList, ct);
        try
        {
            return JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(ct), WeChatNoticeJson.Raw.WeChatTemplateList)
                ?? throw new HttpRequestException("WeChat answered null.");
        }
        catch (JsonException)
        {
            throw new HttpRequestException("WeChat answered something that is not JSON.");
        }
    }

    [GeneratedRegex("\\{\\{\\s*([A-Za-z_]+[0-9]*)\\.DATA\\s*\\}\\}")]
    private static partial Regex Placeholder();
}

/// <summary>A template of the account. <paramref name="Content"/>: its lines with <c>{{thing1.DATA}}</c> where <paramref name="Fields"/> go.</summary>
public sealed record WeChatTemplate(string Id, string Title, string Content, IReadOnlyList<string> Fields)
{
    /// <summary>The text as the person sees it.</summary>
    internal string With(IReadOnlyDictionary<string, WeChatFormValue> values) => Fields.Aggregate(
        Content, (text, field) => text.Replace("{{" + field + ".DATA}}", values.GetValueOrDefault(field)?.Value ?? "", StringComparison.Ordinal));
}

/// <summary>
/// What is wrong with a configured form. <paramref name="Reason"/> is for logs and messages' outcomes, <paramref name="Words"/> for staff;
/// <paramref name="Field"/> is empty when the whole template is meant, <paramref name="Limit"/> how many characters the field holds.
/// </summary>
public sealed record WeChatTemplateFault(string Kind, WeChatForm Form, string Template, string Field, int Limit, string Reason, string Words);
