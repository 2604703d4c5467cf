using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Cases;

// What turns a case from its usual way: returned, given to others, put off, stopped, pressed, made part of another.
public sealed partial class Case
{
    /// <summary>So many refusals call the leads together.</summary>
    public const int ReturnsForMeeting = 3;

    /// <summary>退单: says why it is not the actor's. Its clock stands still until a judge decides.</summary>
    internal string? Return(StaffActor by, string why, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(why)) return "退单要写明理由。";
        if (!May(CaseMove.Return, "退单", out var next, out var refusal)) return refusal;
        Returns++;
        (OwnerId, ExtensionAsked) = (null, null);
        Stand(now);
        Write(CaseActor.Of(by), CaseMove.Return, State, next, why, [], now);
        return null;
    }

    /// <summary>A judge decides whose it is. <paramref name="dueAt"/>: its date, with the time it stood still.</summary>
    internal string? Judge(StaffActor by, Responsible to, string why, DateTimeOffset now, DateTimeOffset dueAt)
    {
        if (string.IsNullOrWhiteSpace(why)) return "裁定要写明理由。";
        if (!May(CaseMove.Judge, "裁定", out var next, out var refusal)) return refusal;
        GoOn(dueAt);
        Give(CaseActor.Of(by), CaseMove.Judge, next, to, why, now);
        return null;
    }

    /// <summary>转派 by a lead. Of one that was suspended the clock goes on at <paramref name="dueAt"/>.</summary>
    internal string? Assign(StaffActor by, Responsible to, string why, DateTimeOffset now, DateTimeOffset dueAt)
    {
        if (string.IsNullOrWhiteSpace(why)) return "转派要写明理由。";
        if (!May(CaseMove.Assign, "转派", out var next, out var refusal)) return refusal;
        if (UnitId == to.UnitId && OwnerId == to.StaffId) return "这件事已经在那里了。";
        GoOn(dueAt);
        ExtensionAsked = null;
        Give(CaseActor.Of(by), CaseMove.Assign, next, to, why, now);
        return null;
    }

    /// <summary>Back to the duty queue of <paramref name="to"/>, or to who stands in: nobody reacted, or its worker left.</summary>
    internal string? Release(Responsible to, string why, DateTimeOffset now, DateTimeOffset dueAt)
    {
        if (!May(CaseMove.Release, "退回值班", out var next, out var refusal)) return refusal;
        GoOn(dueAt);
        ExtensionAsked = null;
        Give(CaseActor.System, CaseMove.Release, next, to, why, now);
        return null;
    }

    /// <summary>Its worker left after the close: whoever stands in answers for it should it come back.</summary>
    internal void PassOn(Guid? to) => OwnerId = to;

    /// <summary>Asks for so many working days more, once in a case's life.</summary>
    internal string? AskExtension(StaffActor by, int workingDays, string why, DateTimeOffset now)
    {
        if (ExtendedAt is not null) return "这件事已经延期过一次，不能再延。";
        if (ExtensionAsked is not null) return "延期已经申请过了，正在等批准。";
        if (workingDays < 1 || workingDays > LimitWorkingDays) return $"最多能延 {LimitWorkingDays} 个工作日。";
        if (string.IsNullOrWhiteSpace(why)) return "延期要写明理由，居民会看到。";
        if (!May(CaseMove.AskExtension, "申请延期", out var next, out var refusal)) return refusal;
        ExtensionAsked = workingDays;
        Write(CaseActor.Of(by), CaseMove.AskExtension, State, next, $"{workingDays} 个工作日：{why}", [], now);
        return null;
    }

    /// <summary>A lead allows the extension that was asked for.</summary>
    internal string? Extend(StaffActor by, string words, DateTimeOffset now, DateTimeOffset dueAt)
    {
        if (ExtensionAsked is null) return "没有待批准的延期申请。";
        if (!May(CaseMove.Extend, "延期", out var through, out var refusal)) return refusal;
        (ExtensionAsked, ExtendedAt, DueAt) = (null, now, dueAt);
        Pass(CaseActor.Of(by), CaseMove.Extend, through, words, now);
        return null;
    }

    internal string? DeclineExtension(StaffActor by, string why, DateTimeOffset now)
    {
        if (ExtensionAsked is null) return "没有待批准的延期申请。";
        if (string.IsNullOrWhiteSpace(why)) return "不同意要写明理由。";
        if (!May(CaseMove.DeclineExtension, "处理延期申请", out var next, out var refusal)) return refusal;
        ExtensionAsked = null;
        Write(CaseActor.Of(by), CaseMove.DeclineExtension, State, next, why, [], now);
        return null;
    }

    /// <summary>挂起: nothing can be done before <paramref name="until"/>; its clock stands still.</summary>
    internal string? Suspend(StaffActor by, DateTimeOffset until, string why, DateTimeOffset now)
    {
        if (until <= now) return "恢复的日子要在今天以后。";
        if (string.IsNullOrWhiteSpace(why)) return "挂起要写明理由，居民会看到。";
        if (!May(CaseMove.Suspend, "挂起", out var next, out var refusal)) return refusal;
        ResumesAt = until;
        Stand(now);
        Write(CaseActor.Of(by), CaseMove.Suspend, State, next, why, [], now);
        return null;
    }

    /// <summary>Its date has come, or somebody goes on with it before. <paramref name="by"/>: null for the date.</summary>
    internal string? Resume(StaffActor? by, DateTimeOffset now, DateTimeOffset dueAt)
    {
        if (!May(CaseMove.Resume, "恢复办理", out var next, out var refusal)) return refusal;
        GoOn(dueAt);
        Write(by is null ? CaseActor.System : CaseActor.Of(by), CaseMove.Resume, State, next, "", [], now);
        return null;
    }

    /// <summary>督办 by a supervisor.</summary>
    internal string? Supervise(StaffActor by, string words, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(words)) return "督办要写明要求。";
        if (!May(CaseMove.Supervise, "督办", out var through, out var refusal)) return refusal;
        if (SupervisedAt is null) Priority++;
        SupervisedAt = now;
        Pass(CaseActor.Of(by), CaseMove.Supervise, through, words, now);
        return null;
    }

    /// <summary>三事: another class; the log keeps the one before, and why.</summary>
    internal string? Reclassify(StaffActor by, CaseScope scope, string why, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(why)) return "改分类要写明理由。";
        if (scope == Rules.Scope) return $"这件事已经是“{scope.Chinese()}”。";
        if (!May(CaseMove.Reclassify, "改分类", out var next, out var refusal)) return refusal;
        var was = Rules.Scope;
        Rules = Rules with { Scope = scope };
        Write(CaseActor.Of(by), CaseMove.Reclassify, State, next, $"{was.Chinese()}改为{scope.Chinese()}：{why}", [], now);
        return null;
    }

    /// <summary>并案: becomes part of another; its reporter hears of that one from now on.</summary>
    internal string? Merge(StaffActor by, Case into, string why, DateTimeOffset now)
    {
        if (into.Id == Id) return "不能并到自己。";
        if (!into.State.IsOpen()) return $"{into.Number} 已经“{into.State.Chinese()}”，不能并进去。";
        if (!May(CaseMove.Merge, "并案", out var next, out var refusal)) return refusal;
        (MergedIntoId, ClosedAt) = (into.Id, now);
        (ExtensionAsked, ResumesAt) = (null, null);
        StoppedAt ??= now;
        Write(CaseActor.Of(by), CaseMove.Merge, State, next, why.Length == 0 ? into.Number : $"{into.Number}：{why}", [], now);
        return null;
    }

    /// <summary>The merge is taken back: it waits for its worker again.</summary>
    internal string? Split(StaffActor by, string why, DateTimeOffset now, DateTimeOffset dueAt)
    {
        if (!May(CaseMove.Split, "拆分", out var next, out var refusal)) return refusal;
        (MergedIntoId, ClosedAt) = (null, null);
        GoOn(dueAt);
        Write(CaseActor.Of(by), CaseMove.Split, State, next, why, [], now);
        return null;
    }

    /// <summary>A row of the log about something beside the case's way: an escalation, a follower, a task.</summary>
    internal string? Remark(CaseMove move, StaffActor? by, string words, DateTimeOffset now)
    {
        if (!May(move, "记下", out var next, out var refusal)) return refusal;
        Write(by is null ? CaseActor.System : CaseActor.Of(by), move, State, next, words, [], now);
        return null;
    }

    /// <summary>More pressing than before.</summary>
    internal void Press() => Priority++;

    private void Give(CaseActor who, CaseMove move, CaseState next, Responsible to, string why, DateTimeOffset now)
    {
        (UnitId, OwnerId) = (to.UnitId, to.StaffId);
        Write(who, move, State, next, $"{Whom(to)}：{why}", [], now);
    }

    private void Stand(DateTimeOffset? since) => (StoppedAt, ResumesAt) = (since, since is null ? null : ResumesAt);

    private void GoOn(DateTimeOffset dueAt)
    {
        if (StoppedAt is null) return;
        DueAt = dueAt;
        Stand(null);
    }
}
