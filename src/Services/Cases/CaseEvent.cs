using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Cases;

/// <summary>A row of a case's log. Written once, never changed.</summary>
public sealed class CaseEvent
{
    private CaseEvent()
    {
    }

    internal CaseEvent(Guid caseId, int seq, DateTimeOffset at, CaseActor actor, CaseMove move, CaseState? from, CaseState to, string note)
    {
        // To the millisecond, so that every database gives back what was hashed.
        at = DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
        (CaseId, Seq, At, ActorId, Who, Move, From, To, Note) = (caseId, seq, at, actor.Id, actor.Name, move, from, to, note);
    }

    public Guid CaseId { get; private set; }

    /// <summary>1 for the first row of a case.</summary>
    public int Seq { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>The member of staff; null for the resident and the system.</summary>
    public Guid? ActorId { get; private set; }

    /// <summary>The name at that time, 居民, 跟进的居民 or 系统.</summary>
    public string Who { get; private set; } = "";
    public CaseMove Move { get; private set; }
    public CaseState? From { get; private set; }
    public CaseState To { get; private set; }
    public string Note { get; private set; } = "";

    /// <summary>Of this row and all before it; see <see cref="CaseChain"/>.</summary>
    public byte[] Hash { get; internal set; } = [];
}

/// <summary>A picture that came with one row of the log; the bytes are behind <c>IFileStore</c>.</summary>
public sealed class CasePicture
{
    public Guid CaseId { get; init; }
    public int Seq { get; init; }
    public int Position { get; init; }
    public required string FileId { get; init; }
}

/// <summary>Who did something to a case.</summary>
internal sealed record CaseActor(Guid? Id, string Name)
{
    public static readonly CaseActor Resident = new(null, "居民");
    public static readonly CaseActor Follower = new(null, "跟进的居民");
    public static readonly CaseActor System = new(null, "系统");

    public static CaseActor Of(StaffActor staff) => new(staff.Id, staff.Name);
}
