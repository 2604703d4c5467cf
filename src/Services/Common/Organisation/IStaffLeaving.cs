using WuShe.Services.Common.Data;

namespace WuShe.Services.Common.Organisation;

/// <summary>
/// Implemented by each service that gives people something of their own, so that nothing is left without an owner when somebody
/// leaves or goes to another unit. All of them are asked in the transaction that says so.
/// </summary>
public interface IStaffLeaving
{
    /// <summary>
    /// Hands on whatever is <paramref name="who"/>'s: to whoever stands in, or to the duty queue. Called while the record still says that
    /// the person is there, in the old unit. Changes the context only and saves nothing: it may run again, or come to nothing,
    /// as when an import is only tried.
    /// </summary>
    Task Leaving(CommunityDb db, StaffUser who, StaffActor by, CancellationToken ct);

    /// <summary>
    /// What <see cref="Leaving"/> would hand to whom, in Chinese, a line for each kind of thing: 「2 个网格 → 网格员 赵」. Whoever
    /// confirms a departure reads it. Changes nothing; empty when there is nothing.
    /// </summary>
    Task<IReadOnlyList<string>> Foretell(CommunityDb db, StaffUser who, CancellationToken ct) => Task.FromResult<IReadOnlyList<string>>([]);
}
