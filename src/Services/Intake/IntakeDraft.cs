using WuShe.Dialogs;

namespace WuShe.Services.Intake;

/// <summary>A form as it was filled in.</summary>
public sealed record IntakeDraft
{
    public const int MaxName = 20;
    public const int MaxPhone = 30;
    public const int MaxPlace = 200;
    public const int MaxWords = 2000;

    /// <summary>Whose matter it is; may be empty.</summary>
    public string Name { get; set; } = "";

    /// <summary>As it was written; may be empty.</summary>
    public string Phone { get; set; } = "";
    public IntakeWay Way { get; set; } = IntakeWay.Phone;
    public IntakeRelation Relation { get; set; } = IntakeRelation.Self;

    /// <summary>Somebody said yes. Asked, as the next two, only when it is on behalf of somebody.</summary>
    public bool Consented { get; set; }
    public ConsentGiver Consent { get; set; }

    /// <summary>When; Beijing wall-clock time.</summary>
    public DateTime? ConsentAt { get; set; }

    /// <summary>Code of the catalogue.</summary>
    public string Category { get; set; } = "";
    public string Place { get; set; } = "";

    /// <summary>Chosen by hand; null: the words for the place say where it is.</summary>
    public Guid? GridId { get; set; }

    /// <summary>Nobody knows which grid it is in: it goes to the duty queue.</summary>
    public bool GridUnknown { get; set; }
    public string Words { get; set; } = "";
    public bool Urgent { get; set; }

    /// <summary>Stored already.</summary>
    public IReadOnlyList<AttachmentRef> Pictures { get; set; } = [];

    internal bool ForSomebodyElse => Relation != IntakeRelation.Self;
}

/// <summary>What is wrong, in Chinese, and at which of the draft's properties.</summary>
public sealed record IntakeProblem(string Field, string Words);

/// <summary>What the caller is told. <paramref name="DueAt"/> is UTC.</summary>
public sealed record IntakeReceipt(string Number, string OwnerName, DateTimeOffset DueAt)
{
    /// <summary>To read out.</summary>
    public string Words => $"收到了，编号 {Number}。由{OwnerName}负责，{ChineseDate.Day(DueAt)}前给您答复。";
}

/// <summary>Exactly one is there: a receipt, problems at fields, or why not at all.</summary>
public sealed record IntakeOutcome(IntakeReceipt? Receipt, IReadOnlyList<IntakeProblem> Problems, string Refusal)
{
    internal static IntakeOutcome Done(IntakeReceipt receipt) => new(receipt, [], "");

    internal static IntakeOutcome Wrong(IReadOnlyList<IntakeProblem> problems) => new(null, problems, "");

    internal static IntakeOutcome Refused(string why) => new(null, [], why);
}

/// <summary>What a form offers: categories as the catalogue has them, and the grids of the actor's units.</summary>
public sealed record IntakeChoices(IReadOnlyList<(string Code, string Name)> Categories, IReadOnlyList<(Guid Id, string Name)> Grids);
