using WuShe.Services.Cases;

namespace WuShe.Services.Tests.Cases;

/// <summary>The machine against a table written by hand from the rules of casework, move by move from every state.</summary>
public sealed class CaseMachineTests
{
    // move: state it may be made in -> state after; = stays.
    private const string Table = """
        Dispatch: Accepted->Dispatched Reopened->Dispatched Extended->Dispatched Supervised->Dispatched
        Claim: Dispatched->Claimed Reopened->Claimed Extended->Claimed Supervised->Claimed
        Note: Claimed= Suspended=
        Place: Dispatched= Claimed=
        Add: Dispatched= Claimed= Returned= Suspended= Merged=
        Resolve: Claimed->Resolved
        Confirm: Resolved->Confirmed Confirmed=
        Reopen: Resolved->Reopened Confirmed->Reopened
        Return: Dispatched->Returned Claimed->Returned Reopened->Returned Extended->Returned Supervised->Returned
        Judge: Returned->Dispatched
        Assign: Dispatched= Claimed->Dispatched Suspended->Dispatched
        Release: Dispatched= Claimed->Dispatched Suspended->Dispatched
        AskExtension: Claimed=
        Extend: Claimed->Extended
        DeclineExtension: Claimed=
        Suspend: Claimed->Suspended Reopened->Suspended Extended->Suspended Supervised->Suspended
        Resume: Suspended->Claimed
        Supervise: Dispatched->Supervised Claimed->Supervised Returned->Supervised Suspended->Supervised
        Withdraw: Dispatched->Withdrawn Claimed->Withdrawn Returned->Withdrawn Suspended->Withdrawn
        Merge: Dispatched->Merged Claimed->Merged Returned->Merged Suspended->Merged
        Split: Merged->Dispatched
        Settle: Resolved= Confirmed=
        Escalate: Dispatched= Claimed= Returned= Suspended=
        Reclassify: Dispatched= Claimed= Returned= Suspended=
        Follow: Dispatched= Claimed= Returned= Suspended=
        Task: Dispatched= Claimed= Returned= Suspended= Resolved= Confirmed=
        """;

    [Fact]
    public void Every_move_from_every_state_is_as_the_rules_say()
    {
        var allowed = Allowed();
        foreach (var from in Enum.GetValues<CaseState>())
            foreach (var move in Enum.GetValues<CaseMove>())
            {
                CaseState? expected = allowed.TryGetValue((move, from), out var to) ? to : null;
                Assert.True(CaseMoves.After(from, move) == expected, $"{move} from {from}: {CaseMoves.After(from, move)?.ToString() ?? "refused"}, should be {expected?.ToString() ?? "refused"}");
            }
    }

    [Fact]
    public void Every_state_can_be_reached_and_every_open_one_can_come_to_an_end()
    {
        var allowed = Allowed();
        HashSet<CaseState> reached = [CaseState.Accepted];
        while (allowed.Any(one => reached.Contains(one.Key.From) && reached.Add(one.Value)))
        {
        }

        Assert.Equal(Enum.GetValues<CaseState>().Order(), reached.Order());
        HashSet<CaseState> ends = [CaseState.Resolved];
        while (allowed.Any(one => ends.Contains(one.Value) && ends.Add(one.Key.From)))
        {
        }

        Assert.All(Enum.GetValues<CaseState>().Where(state => state.IsOpen()), state => Assert.Contains(state, ends));
    }

    private static Dictionary<(CaseMove Move, CaseState From), CaseState> Allowed()
    {
        var allowed = new Dictionary<(CaseMove, CaseState), CaseState>();
        foreach (var line in Table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = line.Split(':', StringSplitOptions.TrimEntries);
            foreach (var way in parts[1].Split(' '))
            {
                var ends = way.Split("->");
                var from = Enum.Parse<CaseState>(ends[0].TrimEnd('='));
                allowed.Add((Enum.Parse<CaseMove>(parts[0]), from), ends.Length == 2 ? Enum.Parse<CaseState>(ends[1]) : from);
            }
        }

        return allowed;
    }
}
