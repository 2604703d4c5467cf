using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Staff;

namespace WuShe.Services.Organisation;

/// <summary>One change of the organisation in one transaction; done, it counts here at once and within ten seconds elsewhere.</summary>
public sealed class OrganisationChanges(ITransactions transactions, OrganisationMap map, StaffAccounts accounts)
{
    /// <summary>What is refused changes nothing, whatever the act wrote into its context before it found out.</summary>
    public async Task<OrganisationOutcome> Run(Func<CommunityDb, CancellationToken, Task<OrganisationOutcome>> act, CancellationToken ct)
    {
        var outcome = await transactions.Run(async (db, token) =>
        {
            var result = await act(db, token);
            if (result.Result != OrganisationResult.Done) db.ChangeTracker.Clear();
            return result;
        }, ct);
        if (outcome.Result != OrganisationResult.Done) return outcome;
        if (outcome.Id is { } id) accounts.Forget(id);
        await map.Reload(ct);
        return outcome;
    }

    /// <summary>What an act would find; nothing it writes is kept.</summary>
    public Task<T> Try<T>(Func<CommunityDb, CancellationToken, Task<T>> act, CancellationToken ct) => transactions.Run(async (db, token) =>
    {
        var found = await act(db, token);
        db.ChangeTracker.Clear();
        return found;
    }, ct);
}
