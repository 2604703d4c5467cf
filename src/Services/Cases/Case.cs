using WuShe.Dialogs;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Cases;

/// <summary>
/// Something a resident wants done, and its way to an end. Always in the hands of a person or in the duty queue of a unit.
/// Methods that people call return why not, in Chinese, or null when done; each thing done leaves a row in the log.
/// </summary>
public sealed class Case
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

    /// <summary>1 非常不满意 … 5 非常满意; the latest one, the log keeps all.</summary>
    public int? Rating { get; private set; }
    public string RatingWords { get; private set; } = "";

    /// <summary>Number of the last row of the log: grows with every change, so that of two changes at once one fails.</summary>
    public int Version { get; private set; }

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
        opened.Write(CaseActor.Resident, null, CaseState.Accepted, "", opening.Pictures, now);
        return opened;
    }

    /// <summary>Gives a new case to the one responsible, or to the duty queue of the unit.</summary>
    internal string? Dispatch(Responsible to, DateTimeOffset now)
    {
        if (CaseMoves.After(State, CaseMove.Dispatch) is not { } next) return WhyNot("派单");
        (UnitId, OwnerId) = (to.UnitId, to.StaffId);
        Write(CaseActor.System, State, next, to.StaffName ?? CaseWords.Duty(to.UnitName), [], now);
        return null;
    }

    internal string? Claim(StaffActor by, DateTimeOffset now)
    {
        if (CaseMoves.After(State, CaseMove.Claim) is not { } next) return WhyNot("接单");
        OwnerId = by.Id;
        Write(new CaseActor(by.Id, by.Name), State, next, "", [], now);
        return null;
    }

    /// <summary>
    /// Its place became known: it goes to the one responsible there, unless somebody has claimed it already. The log says
    /// who placed it.
    /// </summary>
    internal string? Locate(StaffActor by, Spot spot, Responsible to, DateTimeOffset now)
    {
        if (GridId is not null) return "这件事的位置已经确定了。";
        if (CaseMoves.After(State, CaseMove.Place) is not { } next) return WhyNot("确定位置");
        GridId = spot.GridId;
        if (spot is { Latitude: { } latitude, Longitude: { } longitude } && Latitude is null) (Latitude, Longitude) = (latitude, longitude);
        var kept = State == CaseState.Claimed;
        UnitId = to.UnitId;
        if (!kept) OwnerId = to.StaffId;
        var who = to.StaffName ?? CaseWords.Duty(to.UnitName);
        Write(new CaseActor(by.Id, by.Name), State, next, kept ? $"确定了位置：{spot.Words}。" : who, [], now);
        return null;
    }

    /// <summary>The reporter says more about an open case. <paramref name="sent"/>: how many pictures the reporter sent before.</summary>
    internal string? Add(string words, IReadOnlyList<AttachmentRef> pictures, int sent, DateTimeOffset now)
    {
        if (CaseMoves.After(State, CaseMove.Add) is not { } next) return WhyNot("补充");
        Write(CaseActor.Resident, State, next, words, [.. pictures.Take(MaxPictures - sent)], now);
        return null;
    }

    internal string? Note(StaffActor by, string note, IReadOnlyList<AttachmentRef> pictures, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(note) && pictures.Count == 0) return "请写几个字，或者放一张照片。";
        if (CaseMoves.After(State, CaseMove.Note) is not { } next) return WhyNot("写进展");
        Write(new CaseActor(by.Id, by.Name), State, next, note, pictures, now);
        return null;
    }

    internal string? Resolve(StaffActor by, string note, IReadOnlyList<AttachmentRef> pictures, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(note)) return "办结要写明结果，居民会看到。";
        if (CaseMoves.After(State, CaseMove.Resolve) is not { } next) return WhyNot("办结");
        ClosedAt = now;
        Write(new CaseActor(by.Id, by.Name), State, next, note, pictures, now);
        return null;
    }

    /// <summary>The resident is content: the case is confirmed. A second rating replaces the first; the log keeps both.</summary>
    internal string? Confirm(Satisfaction level, string words, DateTimeOffset now)
    {
        if (CaseMoves.After(State, CaseMove.Confirm) is not { } next) return WhyNot("评价");
        Rate(level, words);
        Write(CaseActor.Resident, State, next, Said(level, words), [], now);
        return null;
    }

    /// <summary>The resident is not content: back to the worker, or to the duty queue, with a new date.</summary>
    internal string? Reopen(Satisfaction level, string words, DateTimeOffset now, DateTimeOffset dueAt)
    {
        if (CaseMoves.After(State, CaseMove.Reopen) is not { } reopened) return WhyNot("重新办理");
        var back = CaseMoves.After(reopened, OwnerId is null ? CaseMove.Dispatch : CaseMove.Claim)!.Value;
        Rate(level, words);
        (ClosedAt, DueAt) = (null, dueAt);
        Write(CaseActor.Resident, State, reopened, Said(level, words), [], now);
        Write(CaseActor.System, reopened, back, "", [], now);
        return null;
    }

    private void Rate(Satisfaction level, string words)
    {
        if (level != Satisfaction.NotSolved) Rating = (int)level;
        RatingWords = CaseWords.Cut(words, MaxNote);
    }

    private void Write(CaseActor who, CaseState? from, CaseState to, string note, IReadOnlyList<AttachmentRef> pictures, DateTimeOffset now)
    {
        State = to;
        Version++;
        _log.Add(new CaseEvent(Id, Version, now, who, from, to, CaseWords.Cut(note, MaxNote)));
        for (var i = 0; i < Math.Min(pictures.Count, MaxPictures); i++)
            _pictures.Add(new CasePicture { CaseId = Id, Seq = Version, Position = i, FileId = pictures[i].Id });
    }

    private static string Said(Satisfaction level, string words) =>
        words.Length == 0 ? level.Chinese() : $"{level.Chinese()}。{words}";

    private string WhyNot(string step) => $"这件事现在是“{State.Chinese()}”，不能{step}。";
}
