namespace WuShe.Services.Common.Organisation;

/// <summary>A member of staff as the organisation in memory knows the person; leaves that are over are not there.</summary>
internal sealed record Person(Guid Id, string Name, Role Role, Guid UnitId, PersonalHours? Hours, bool Left, IReadOnlyList<StaffLeave> Leaves)
{
    /// <summary>The leave that the person is on at that time, or null.</summary>
    public StaffLeave? LeaveAt(DateTimeOffset at)
    {
        for (var i = 0; i < Leaves.Count; i++)
            if (Leaves[i].From <= at && at < Leaves[i].Until) return Leaves[i];
        return null;
    }
}
