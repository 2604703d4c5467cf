using Stateless;

namespace WuShe.Services.Cases;

/// <summary>What can happen to a case; each leaves a row in its log. The values are stored: never renumber.</summary>
public enum CaseMove
{
    Open = 1,

    /// <summary>派单, also on the way back after a state that is only passed through.</summary>
    Dispatch = 2,
    Claim = 3,
    Note = 4,

    /// <summary>Its place became known: to the one responsible there.</summary>
    Place = 5,

    /// <summary>The resident says more about it.</summary>
    Add = 6,
    Resolve = 7,
    Confirm = 8,
    Reopen = 9,

    /// <summary>退单: to the judges, with a reason.</summary>
    Return = 10,

    /// <summary>派单异议 is decided: whose it is.</summary>
    Judge = 11,

    /// <summary>转派 by a lead.</summary>
    Assign = 12,

    /// <summary>Back to the duty queue: nobody reacted, or its worker left.</summary>
    Release = 13,

    /// <summary>延期 is asked for.</summary>
    AskExtension = 14,
    Extend = 15,
    DeclineExtension = 16,

    /// <summary>挂起 until a date.</summary>
    Suspend = 17,
    Resume = 18,

    /// <summary>督办</summary>
    Supervise = 19,

    /// <summary>撤回 by the resident.</summary>
    Withdraw = 20,

    /// <summary>并案 into another.</summary>
    Merge = 21,

    /// <summary>The merge is taken back.</summary>
    Split = 22,

    /// <summary>The resident said nothing for seven days: closed, but not confirmed.</summary>
    Settle = 23,

    /// <summary>A warning or an escalation went out.</summary>
    Escalate = 24,

    /// <summary>Another 三事 class, with a reason.</summary>
    Reclassify = 25,

    /// <summary>Somebody else follows it too.</summary>
    Follow = 26,

    /// <summary>A sub-task, a list or a visit changed.</summary>
    Task = 27,
}

/// <summary>The states of a case and the ways between them: the one machine behind chat, console and jobs.</summary>
internal static class CaseMoves
{
    /// <summary>What is done to a case without moving it, while somebody still has to do something about it.</summary>
    private static readonly CaseMove[] Beside = [CaseMove.Add, CaseMove.Escalate, CaseMove.Reclassify, CaseMove.Follow, CaseMove.Task];

    // Configuring a machine for every case costs more than storing the case, so the rules are tried out once, from every
    // state with every move, and what they answer is kept.
    private static readonly Dictionary<(CaseState, CaseMove), CaseState> Known = TryAll();

    /// <summary>The state after the move, or null when the rules do not admit it.</summary>
    public static CaseState? After(CaseState from, CaseMove move) =>
        Known.TryGetValue((from, move), out var to) ? to : null;

    /// <summary>The way back from a state that is only passed through.</summary>
    public static CaseMove Into(CaseState state) => state switch
    {
        CaseState.Claimed => CaseMove.Claim,
        CaseState.Suspended => CaseMove.Suspend,
        CaseState.Returned => CaseMove.Return,
        _ => CaseMove.Dispatch,
    };

    private static StateMachine<CaseState, CaseMove> Rules(CaseState at)
    {
        var rules = new StateMachine<CaseState, CaseMove>(at);
        rules.Configure(CaseState.Accepted).Permit(CaseMove.Dispatch, CaseState.Dispatched);
        Open(rules.Configure(CaseState.Dispatched))
            .PermitReentry(CaseMove.Place).PermitReentry(CaseMove.Assign).PermitReentry(CaseMove.Release)
            .Permit(CaseMove.Claim, CaseState.Claimed)
            .Permit(CaseMove.Return, CaseState.Returned);
        Open(rules.Configure(CaseState.Claimed))
            .PermitReentry(CaseMove.Place).PermitReentry(CaseMove.Note)
            .PermitReentry(CaseMove.AskExtension).PermitReentry(CaseMove.DeclineExtension)
            .Permit(CaseMove.Extend, CaseState.Extended)
            .Permit(CaseMove.Resolve, CaseState.Resolved)
            .Permit(CaseMove.Return, CaseState.Returned)
            .Permit(CaseMove.Assign, CaseState.Dispatched)
            .Permit(CaseMove.Release, CaseState.Dispatched)
            .Permit(CaseMove.Suspend, CaseState.Suspended);
        Open(rules.Configure(CaseState.Returned)).Permit(CaseMove.Judge, CaseState.Dispatched);
        Open(rules.Configure(CaseState.Suspended))
            .PermitReentry(CaseMove.Note)
            .Permit(CaseMove.Resume, CaseState.Claimed)
            .Permit(CaseMove.Assign, CaseState.Dispatched)
            .Permit(CaseMove.Release, CaseState.Dispatched);
        rules.Configure(CaseState.Resolved)
            .PermitReentry(CaseMove.Settle).PermitReentry(CaseMove.Task)
            .Permit(CaseMove.Confirm, CaseState.Confirmed)
            .Permit(CaseMove.Reopen, CaseState.Reopened);
        rules.Configure(CaseState.Confirmed)
            .PermitReentry(CaseMove.Confirm).PermitReentry(CaseMove.Settle).PermitReentry(CaseMove.Task)
            .Permit(CaseMove.Reopen, CaseState.Reopened);
        rules.Configure(CaseState.Merged)
            .PermitReentry(CaseMove.Add)
            .Permit(CaseMove.Split, CaseState.Dispatched);
        // Passed through: the log says that it was so, and the case goes on where it was.
        PassedThrough(rules.Configure(CaseState.Reopened));
        PassedThrough(rules.Configure(CaseState.Extended));
        PassedThrough(rules.Configure(CaseState.Supervised));
        return rules;
    }

    private static StateMachine<CaseState, CaseMove>.StateConfiguration Open(StateMachine<CaseState, CaseMove>.StateConfiguration state)
    {
        foreach (var move in Beside) state.PermitReentry(move);
        return state
            .Permit(CaseMove.Supervise, CaseState.Supervised)
            .Permit(CaseMove.Withdraw, CaseState.Withdrawn)
            .Permit(CaseMove.Merge, CaseState.Merged);
    }

    private static void PassedThrough(StateMachine<CaseState, CaseMove>.StateConfiguration state) => state
        .Permit(CaseMove.Dispatch, CaseState.Dispatched)
        .Permit(CaseMove.Claim, CaseState.Claimed)
        .Permit(CaseMove.Suspend, CaseState.Suspended)
        .Permit(CaseMove.Return, CaseState.Returned);

    private static Dictionary<(CaseState, CaseMove), CaseState> TryAll()
    {
        var known = new Dictionary<(CaseState, CaseMove), CaseState>();
        foreach (var from in Enum.GetValues<CaseState>())
            foreach (var move in Enum.GetValues<CaseMove>())
            {
                var rules = Rules(from);
                if (!rules.CanFire(move)) continue;
                rules.Fire(move);
                known[(from, move)] = rules.State;
            }

        return known;
    }
}
