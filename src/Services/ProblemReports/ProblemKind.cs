using System.Text.Json.Serialization;
using WuShe.Services.Cases;

namespace WuShe.Services.ProblemReports;

/// <summary>What is asked of us: a question, a request or a complaint. Kinds without a limit of their own take its limit, in working days.</summary>
public sealed record ProblemNature(string Code, string Name, int Limit);

/// <summary>A category of problem, as the catalogue has it.</summary>
/// <param name="Code">Fixed: lighting, drainage …</param>
/// <param name="Name">As residents read it.</param>
/// <param name="Scope">三事: whose business it is, one of <see cref="Scopes"/>.</param>
/// <param name="Role">The role that answers for it, one of <see cref="Roles"/>; empty when a routing rule says who.</param>
/// <param name="Words">Words by which people name it, dialect included.</param>
public sealed record ProblemKind(string Code, string Name, string Scope, string Role, IReadOnlyList<string> Words)
{
    public const string Government = "government";
    public const string Community = "community";
    public const string Private = "private";

    /// <summary>三事 with their Chinese names.</summary>
    public static IReadOnlyList<(string Code, string Name)> Scopes { get; } =
        [(Government, "大事（部门来办）"), (Community, "小事（社区自己办）"), (Private, "私事（先自己办）")];

    /// <summary>Roles that can answer for a category, with their Chinese names; the empty one leaves it to a rule.</summary>
    public static IReadOnlyList<(string Code, string Name)> Roles { get; } =
        [("grid", "网格员"), ("social-worker", "社工"), ("station-lead", "站长"), ("", "不指定（由派单规则定）")];

    /// <summary>咨询, 求助·建议 or 投诉举报, by its code.</summary>
    public string Nature { get; init; } = "request";

    /// <summary>Working days until the resident must hear the result; null takes the limit of the <see cref="Nature"/>.</summary>
    [JsonPropertyName("limit")]
    public int? OwnLimit { get; init; }

    /// <summary>The limit that holds, in working days.</summary>
    [JsonIgnore]
    public int Limit { get; internal init; }

    /// <summary>Working days until somebody must have spoken to the resident.</summary>
    public int FirstContact { get; init; } = 1;

    /// <summary>Cannot wait for working days: it is due after <see cref="UrgentWithin"/>.</summary>
    public bool Urgent { get; init; }

    /// <summary>What urgent means.</summary>
    public static TimeSpan UrgentWithin { get; } = TimeSpan.FromHours(2);

    /// <summary>Closing needs a picture of how it looks afterwards; words it always needs.</summary>
    public bool ClosingPhoto { get; init; }

    /// <summary>Closing needs the sign-off of a lead.</summary>
    public bool ClosingSignOff { get; init; }

    /// <summary>The resident is asked once more four weeks after the close.</summary>
    public bool FollowUp { get; init; }

    /// <summary>The department that 大事 belong to (城市管理局); empty when nobody wrote it down.</summary>
    public string Department { get; init; } = "";

    /// <summary>One more question that helps this kind, when there is room for it.</summary>
    public string? Extra { get; init; }

    /// <summary>How it is put on a button; empty when it is not among the frequent ones.</summary>
    public string Example { get; init; } = "";

    /// <summary>What to do before anything else, said first.</summary>
    public string? Stop { get; init; }

    /// <summary>What people can do themselves, a line for each step; empty when there is no such page.</summary>
    public string Help { get; init; } = "";

    /// <summary>What a case of it is held to.</summary>
    [JsonIgnore]
    public CaseRules Rules => new()
    {
        Scope = Scope switch { Government => CaseScope.Government, Community => CaseScope.Community, Private => CaseScope.Private, _ => CaseScope.None },
        ContactWorkingDays = FirstContact,
        Closing = (ClosingPhoto ? ClosingNeeds.Photo : ClosingNeeds.None) | (ClosingSignOff ? ClosingNeeds.SignOff : ClosingNeeds.None),
        AsksLater = FollowUp,
        Department = Scope == Government ? Department : "",
    };

    /// <summary>Its public page below the public address, without a slash in front.</summary>
    [JsonIgnore]
    public string HelpPath => "help/" + Code;

    /// <summary>People are told what they can do themselves before somebody comes.</summary>
    [JsonIgnore]
    public bool HelpsItself => Scope == Private && Help.Length > 0;
}
