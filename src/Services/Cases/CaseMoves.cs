using Stateless;

namespace WuShe.Services.Cases;

/// <summary>What can happen to a case.</summary>
internal enum CaseMove
{
    Dispatch,
    Claim,
    Note,

    /// <summary>Its place became known: to the one responsible there.</summary>
    Place,

    /// <summary>The resident says more about it.</summary>
    Add,
    Resolve,
    Confirm,
    Reopen,
}

/// <summary>The states of a case and the ways between them.</summary>
internal static class CaseMoves
{
    // Configuring a machine for every case costs more than storing the case, so the rules are tried out once, from every
    // state with every move, and what they answer is kept.
    private static readonly Dictionary<(CaseState, CaseMove), CaseState> Known = TryAll();

    /// <summary>The state after the move, or null when the rules do not admit it.</summary>
    public static CaseState? After(CaseState from, CaseMove move) =>
        Known.TryGetValue((from, move), out var to) ? to : null;

    private static StateMachine<CaseState, CaseMove> Rules(CaseState at)
    {
        var rules = new StateMachine<CaseState, CaseMove>(at);
        rules.Configure(CaseState.Accepted).Permit(CaseMove.Dispatch, CaseState.Dispatched);
        rules.Configure(CaseState.Dispatched).PermitReentry(CaseMove.Place).PermitReentry(CaseMove.Add)
            .Permit(CaseMove.Claim, CaseState.Claimed);
        rules.Configure(CaseState.Claimed)
            .PermitReentry(CaseMove.Place)
            .PermitReentry(CaseMove.Add)
            .PermitReentry(CaseMove.Note)
            .Permit(CaseMove.Resolve, CaseState.Resolved);
        rules.Configure(CaseState.Resolved)
            .Permit(CaseMove.Confirm, CaseState.Confirmed)
            .Permit(CaseMove.Reopen, CaseState.Reopened);
        rules.Configure(CaseState.Confirmed)
            .PermitReentry(CaseMove.Confirm)
            .Permit(CaseMove.Reopen, CaseState.Reopened);
        rules.Configure(CaseState.Reopened)
            .Permit(CaseMove.Dispatch, CaseState.Dispatched)
            .Permit(CaseMove.Claim, CaseState.Claimed);
        return rules;
    }

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
