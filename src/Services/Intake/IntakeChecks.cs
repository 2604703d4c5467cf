using WuShe.Dialogs;
using WuShe.Dialogs.Questions;
using WuShe.Services.Common.Organisation;
using WuShe.Services.ProblemReports;

namespace WuShe.Services.Intake;

/// <summary>What may be chosen on a form, what is wrong with one, and where it says something is.</summary>
public sealed class IntakeChecks(IProblemKinds kinds, IPlaces places, OrganisationMap map, TimeProvider time)
{
    private const int MostGrids = 300;
    private const int MostNamed = 5;

    /// <summary>Clocks of an office are not all right.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    /// <summary>Whether the actor takes reports for others: the unit's own staff, and those above them. No lawyers, no third parties.</summary>
    internal static bool Takes(StaffActor actor) => actor.Role is Role.Grid or Role.SocialWorker or Role.StationLead or Role.Centre or Role.Admin;

    internal async Task<IntakeChoices> Choices(StaffActor actor, CancellationToken ct)
    {
        var categories = await kinds.All(ct);
        return new IntakeChoices([.. categories.Select(kind => (kind.Code, kind.Name))], [.. await Grids(actor, ct)]);
    }

    /// <summary>Where it is, and everything that is wrong, in the form's order.</summary>
    internal async Task<(Spot Place, IReadOnlyList<IntakeProblem> Problems)> Check(IntakeDraft draft, StaffActor actor, CancellationToken ct)
    {
        List<IntakeProblem> problems = [];
        void Wrong(string field, string? why)
        {
            if (why is not null) problems.Add(new IntakeProblem(field, why));
        }

        Wrong(nameof(draft.Name), Name(draft.Name));
        Wrong(nameof(draft.Phone), Phone(draft.Phone));
        if (draft.ForSomebodyElse)
        {
            Wrong(nameof(draft.Consented), draft.Consented ? null : "替别人反映，要先问过本人。同意了再打勾；不同意就不要登记。");
            Wrong(nameof(draft.Consent), draft.Consent == ConsentGiver.None ? "请选是谁说的同意。" : null);
            Wrong(nameof(draft.ConsentAt), When(draft.ConsentAt));
        }
        Wrong(nameof(draft.Category), await kinds.Find(draft.Category, ct) is null ? "请选一个类别。" : null);
        var (place, lost) = await Place(draft, actor, ct);
        Wrong(nameof(draft.Place), lost);
        Wrong(nameof(draft.Words), Words(draft.Words));
        return (place, problems);
    }

    private static string? Name(string name)
    {
        if (name.Trim().Length > IntakeDraft.MaxName) return $"姓名太长了，最多 {IntakeDraft.MaxName} 个字。";
        return name.Trim().Any(letter => char.IsControl(letter) || letter == Masks.Between) ? "请只写一个人的姓名，写在一行里。" : null;
    }

    private static string? Phone(string phone) => phone.Trim().Length > 0 && PhoneNumber.Read(phone) is null
        ? "电话号码不对。手机号是 11 位；座机号 7 到 8 位，可以带区号，比如 0571-87654321。"
        : null;

    private string? When(DateTime? beijing)
    {
        if (beijing is not { } at) return "请写是什么时候同意的。";
        return at > BeijingTime.At(time.GetUtcNow()).DateTime + Grace ? "同意的时间还没有到，请再看看。" : null;
    }

    private static string? Words(string words)
    {
        if (string.IsNullOrWhiteSpace(words)) return "请写下反映的是什么事。";
        return words.Trim().Length > IntakeDraft.MaxWords ? $"写得太长了，最多 {IntakeDraft.MaxWords} 个字，现在有 {words.Trim().Length} 个。" : null;
    }

    /// <summary>A grid chosen by hand is stronger than the words; these say where in it.</summary>
    private async Task<(Spot Place, string? Problem)> Place(IntakeDraft draft, StaffActor actor, CancellationToken ct)
    {
        var words = draft.Place.Trim();
        var nowhere = new Spot(words, null, null, null);
        if (words.Length > IntakeDraft.MaxPlace) return (nowhere, $"位置写得太长了，最多 {IntakeDraft.MaxPlace} 个字。");
        if (words.Length == 0 && draft.GridId is null) return (nowhere, "请写在什么位置，或者选一个网格。");
        var match = words.Length == 0 ? new PlaceMatch(PlaceMatchKind.Unknown, nowhere, []) : await places.Find(new PlaceAnswer(words, null), ct);
        if (draft.GridId is { } chosen)
        {
            var grid = (await Grids(actor, ct)).FirstOrDefault(one => one.Id == chosen);
            if (grid.Name is null) return (nowhere, "没有这个网格，请重新选。");
            var there = match.Candidates.Append(match.Spot).FirstOrDefault(spot => spot.GridId == chosen);
            return (there ?? new Spot(words.Length > 0 ? words : grid.Name, chosen, null, null), null);
        }
        if (match.Kind == PlaceMatchKind.Found && match.Spot.GridId is not null) return (match.Spot, null);
        if (draft.GridUnknown) return (nowhere, null);
        return (nowhere, match.Kind == PlaceMatchKind.Ambiguous
            ? $"“{words}”有几处：{string.Join("、", match.Candidates.Take(MostNamed).Select(spot => spot.Words))}。请写清楚是哪一处，或者选一个网格。"
            : $"没有找到“{words}”这个地方。请换个说法，或者在下面选一个网格。");
    }

    private async Task<List<(Guid Id, string Name)>> Grids(StaffActor actor, CancellationToken ct)
    {
        var now = await map.Current(ct);
        var units = actor.Role == Role.Admin ? now.Units.Keys : now.Below.GetValueOrDefault(actor.UnitId) ?? [];
        return [.. units.SelectMany(unit => now.GridsOf[unit].Select(grid => (grid.Id, Name: $"{grid.Name}（{now.Units[unit].Name}）")))
            .OrderBy(grid => grid.Name, StringComparer.Ordinal).Take(MostGrids)];
    }
}
