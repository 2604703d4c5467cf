using WuShe.Dialogs;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Cases;

// The usual way of a case, from its worker's and its reporter's hands.
public sealed partial class Case
{
    /// <summary>Gives a new case to the one responsible, or to the duty queue of the unit.</summary>
    internal string? Dispatch(Responsible to, DateTimeOffset now, string why = "")
    {
        if (!May(CaseMove.Dispatch, "派单", out var next, out var refusal)) return refusal;
        (UnitId, OwnerId) = (to.UnitId, to.StaffId);
        Write(CaseActor.System, CaseMove.Dispatch, State, next, Whom(to) + (why.Length == 0 ? "" : $"：{why}"), [], now);
        return null;
    }

    internal string? Claim(StaffActor by, DateTimeOffset now)
    {
        if (!May(CaseMove.Claim, "接单", out var next, out var refusal)) return refusal;
        OwnerId = by.Id;
        ContactedAt ??= now;
        Write(CaseActor.Of(by), CaseMove.Claim, State, next, "", [], now);
        return null;
    }

    /// <summary>
    /// Its place became known: it goes to the one responsible there, unless somebody has claimed it already. The log says
    /// who placed it.
    /// </summary>
    internal string? Locate(StaffActor by, Spot spot, Responsible to, DateTimeOffset now)
    {
        if (GridId is not null) return "这件事的位置已经确定了。";
        if (!May(CaseMove.Place, "确定位置", out var next, out var refusal)) return refusal;
        GridId = spot.GridId;
        if (spot is { Latitude: { } latitude, Longitude: { } longitude } && Latitude is null) (Latitude, Longitude) = (latitude, longitude);
        var kept = State == CaseState.Claimed;
        UnitId = to.UnitId;
        if (!kept) OwnerId = to.StaffId;
        Write(CaseActor.Of(by), CaseMove.Place, State, next, kept ? $"确定了位置：{spot.Words}。" : Whom(to), [], now);
        return null;
    }

    /// <summary>The reporter says more about an open case. <paramref name="sent"/>: how many pictures the reporter sent before.</summary>
    internal string? Add(string words, IReadOnlyList<AttachmentRef> pictures, int sent, DateTimeOffset now)
    {
        if (!May(CaseMove.Add, "补充", out var next, out var refusal)) return refusal;
        Write(CaseActor.Resident, CaseMove.Add, State, next, words, [.. pictures.Take(MaxPictures - sent)], now);
        return null;
    }

    internal string? Note(StaffActor by, string note, IReadOnlyList<AttachmentRef> pictures, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(note) && pictures.Count == 0) return "请写几个字，或者放一张照片。";
        if (!May(CaseMove.Note, "写进展", out var next, out var refusal)) return refusal;
        Write(CaseActor.Of(by), CaseMove.Note, State, next, note, pictures, now);
        return null;
    }

    /// <summary>办结. <paramref name="leads"/>: whether the actor may sign off what needs it.</summary>
    internal string? Resolve(StaffActor by, bool leads, string note, IReadOnlyList<AttachmentRef> pictures, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(note)) return "办结要写明结果，居民会看到。";
        if (!May(CaseMove.Resolve, "办结", out var next, out var refusal)) return refusal;
        if (Rules.Closing.HasFlag(ClosingNeeds.Photo) && pictures.Count == 0) return "这类事办结要放一张办好以后的照片。";
        if (Rules.Closing.HasFlag(ClosingNeeds.SignOff) && !leads) return "这类事要由站长或指导中心签字办结。请把结果写成进展，再请站长办结。";
        (ClosedAt, ExtensionAsked) = (now, null);
        Write(CaseActor.Of(by), CaseMove.Resolve, State, next, note, pictures, now);
        return null;
    }

    /// <summary>The resident is content: the case is confirmed. A second rating replaces the first; the log keeps both.</summary>
    internal string? Confirm(Satisfaction level, string words, DateTimeOffset now)
    {
        if (!May(CaseMove.Confirm, "评价", out var next, out var refusal)) return refusal;
        Rate(level, words);
        Write(CaseActor.Resident, CaseMove.Confirm, State, next, Said(level, words), [], now);
        return null;
    }

    /// <summary>The resident is not content: back to the worker, or to the duty queue, with a new date and more pressing.</summary>
    internal string? Reopen(Satisfaction level, string words, DateTimeOffset now, DateTimeOffset dueAt)
    {
        if (MayReopen(out var reopened) is { } refusal) return refusal;
        Rate(level, words);
        GoBack(CaseActor.Resident, reopened, Said(level, words), now, dueAt);
        return null;
    }

    /// <summary>撤回: the reporter does not want it done any more.</summary>
    internal string? Withdraw(string words, DateTimeOffset now)
    {
        if (!May(CaseMove.Withdraw, "撤回", out var next, out var refusal)) return refusal;
        (ClosedAt, ExtensionAsked) = (now, null);
        Stand(null);
        Write(CaseActor.Resident, CaseMove.Withdraw, State, next, words, [], now);
        return null;
    }

    /// <summary>The time to say that it is not solved has passed.</summary>
    internal string? Settle(DateTimeOffset now)
    {
        if (SettledAt is not null) return "已经结了。";
        if (!May(CaseMove.Settle, "结案", out var next, out var refusal)) return refusal;
        SettledAt = now;
        if (State == CaseState.Resolved)
            Write(CaseActor.System, CaseMove.Settle, State, next, "七天没有回音，按办结处理，不算居民确认。", [], now);
        else Write(CaseActor.System, CaseMove.Settle, State, next, "", [], now);
        return null;
    }

    private string? MayReopen(out CaseState reopened)
    {
        var may = May(CaseMove.Reopen, "重新办理", out reopened, out var refusal);
        return SettledAt is not null ? "这件事办结已经超过七天，不能重新办理了。还没解决，请当一件新的事再说一次。" : may ? null : refusal;
    }

    /// <summary>Back to its worker, or to the duty queue, with a new date and more pressing.</summary>
    private void GoBack(CaseActor who, CaseState reopened, string said, DateTimeOffset now, DateTimeOffset dueAt)
    {
        (ClosedAt, DueAt) = (null, dueAt);
        (Priority, Reopens) = (Priority + 1, Reopens + 1);
        foreach (var follower in _followers) follower.GoesOn();
        Write(who, CaseMove.Reopen, State, reopened, said, [], now);
        var back = OwnerId is null ? CaseMove.Dispatch : CaseMove.Claim;
        Write(CaseActor.System, back, reopened, CaseMoves.After(reopened, back)!.Value, "", [], now);
    }

    private void Rate(Satisfaction level, string words)
    {
        if (level != Satisfaction.NotSolved) Rating = (int)level;
        RatingWords = CaseWords.Cut(words, MaxNote);
    }

    private static string Whom(Responsible to) => to.StaffName ?? CaseWords.Duty(to.UnitName);

    private static string Said(Satisfaction level, string words) =>
        words.Length == 0 ? level.Chinese() : $"{level.Chinese()}。{words}";
}
