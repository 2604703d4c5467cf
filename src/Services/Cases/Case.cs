using WuShe.Dialogs;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Cases;

/// <summary>
/// Something a resident wants done, and its way to an end. Always in the hands of a person or in the duty queue of a unit.
/// Methods that people call return why not, in Chinese, or null when done; each thing done leaves a row in the log.
/// </summary>
public sealed partial class Case
{
    public const int MaxTitle = 60;
    public const int MaxWords = 2000;
    public const int MaxNote = 1000;
    public const int MaxPlace = 200;

    /// <summary>What the reporter may send in all, and staff with each step.</summary>
    public const int MaxPictures = 9;

    private readonly List<CaseEvent> _log = [];
    private readonly List<CasePicture> _pictures = [];

    private Case()
    {
    }

    public Guid Id { get; private set; }

    /// <summary>yyMMdd-NNNN, Beijing date and counter of the day.</summary>
    public string Number { get; private set; } = "";
    public string Kind { get; private set; } = "";

    /// <summary>The kind's own code for what it is about (<c>lighting</c>); empty when it has none.</summary>
    public string Category { get; private set; } = "";
    public CaseRules Rules { get; private set; } = CaseRules.Usual;

    /// <summary>0 as usual; each reopening and whatever else makes it more pressing adds to it.</summary>
    public int Priority { get; private set; }

    /// <summary>When it could not wait for working hours: so soon after the opening it was due, and what is due about it does not wait for them.</summary>
    public TimeSpan? Within { get; private set; }
    public string Title { get; private set; } = "";
    public string Words { get; private set; } = "";
    public string Place { get; private set; } = "";

    /// <summary>WGS-84 degrees.</summary>
    public double? Latitude { get; private set; }

    /// <summary>WGS-84 degrees.</summary>
    public double? Longitude { get; private set; }
    public Guid? GridId { get; private set; }

    /// <summary>The unit whose case it is.</summary>
    public Guid UnitId { get; private set; }

    /// <summary>The worker; null while the case waits in its unit's duty queue.</summary>
    public Guid? OwnerId { get; private set; }

    /// <summary>The reporter's conversation, as <see cref="ConversationId.ToString"/> writes it: where to tell. All of the same resident's may ask.</summary>
    public string Reporter { get; private set; } = "";
    public CaseState State { get; private set; }
    public int LimitWorkingDays { get; private set; }
    public DateTimeOffset OpenedAt { get; private set; }
    public DateTimeOffset DueAt { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>When somebody took it up first, and the reporter heard of it.</summary>
    public DateTimeOffset? ContactedAt { get; private set; }

    /// <summary>How often the resident did not agree.</summary>
    public int Reopens { get; private set; }

    /// <summary>When seven days had passed after the close: closed for good, confirmed or not.</summary>
    public DateTimeOffset? SettledAt { get; private set; }

    /// <summary>How often it was returned to the judges.</summary>
    public int Returns { get; private set; }

    /// <summary>Since when it is with the judges, or suspended: its clock stands still.</summary>
    public DateTimeOffset? StoppedAt { get; private set; }

    /// <summary>Until when it is suspended.</summary>
    public DateTimeOffset? ResumesAt { get; private set; }

    /// <summary>Working days more that its worker asks for; null when nothing is asked.</summary>
    public int? ExtensionAsked { get; private set; }
    public DateTimeOffset? ExtendedAt { get; private set; }
    public DateTimeOffset? SupervisedAt { get; private set; }

    /// <summary>The case that this one is part of, while it is merged.</summary>
    public Guid? MergedIntoId { get; private set; }

    /// <summary>1 非常不满意 … 5 非常满意; the latest one, the log keeps all.</summary>
    public int? Rating { get; private set; }
    public string RatingWords { get; private set; } = "";

    /// <summary>Number of the last row of the log: grows with every change, so that of two changes at once one fails.</summary>
    public int Version { get; private set; }

    /// <summary>The hash of the last row of the log.</summary>
    public byte[] Chain { get; private set; } = CaseChain.Start;

    /// <summary>The log: rows written now, and earlier ones when they were loaded.</summary>
    public IReadOnlyList<CaseEvent> Log => _log;

    /// <summary>Pictures of all rows, likewise.</summary>
    public IReadOnlyList<CasePicture> Pictures => _pictures;

    internal static Case Open(string number, NewCase opening, ConversationId reporter, DateTimeOffset now, DateTimeOffset dueAt)
    {
        var opened = new Case
        {
            Id = Guid.CreateVersion7(now),
            Number = number,
            Kind = opening.Kind,
            Category = opening.Category,
            Rules = opening.Rules,
            Priority = opening.Within is null ? 0 : 1,
            Within = opening.Within,
            Title = CaseWords.Cut(opening.Title, MaxTitle),
            Words = CaseWords.Cut(opening.Words, MaxWords),
            Place = CaseWords.Cut(opening.Place.Words, MaxPlace),
            Latitude = opening.Place.Latitude,
            Longitude = opening.Place.Longitude,
            GridId = opening.Place.GridId,
            Reporter = reporter.ToString(),
            LimitWorkingDays = opening.LimitWorkingDays,
            OpenedAt = now,
            DueAt = dueAt,
        };
        opened.Write(CaseActor.Resident, CaseMove.Open, null, CaseState.Accepted, "", opening.Pictures, now);
        return opened;
    }

    /// <summary>The state after the move; null, and why not, when the rules do not admit it.</summary>
    private bool May(CaseMove move, string named, out CaseState next, out string? refusal)
    {
        var after = CaseMoves.After(State, move);
        (next, refusal) = (after ?? default, after is null ? $"这件事现在是“{State.Chinese()}”，不能{named}。" : null);
        return after is not null;
    }

    /// <summary>Passes through a state and goes on where it was.</summary>
    private void Pass(CaseActor who, CaseMove move, CaseState through, string note, DateTimeOffset now)
    {
        var was = State;
        Write(who, move, was, through, note, [], now);
        Write(CaseActor.System, CaseMoves.Into(was), through, was, "", [], now);
    }

    private void Write(
        CaseActor who, CaseMove move, CaseState? from, CaseState to, string note, IReadOnlyList<AttachmentRef> pictures, DateTimeOffset now)
    {
        State = to;
        Version++;
        var row = new CaseEvent(Id, Version, now, who, move, from, to, CaseWords.Cut(note, MaxNote));
        var kept = pictures.Take(MaxPictures).Select(picture => picture.Id).ToArray();
        row.Hash = Chain = CaseChain.Next(Chain, row, kept);
        _log.Add(row);
        for (var i = 0; i < kept.Length; i++)
            _pictures.Add(new CasePicture { CaseId = Id, Seq = Version, Position = i, FileId = kept[i] });
    }
}
