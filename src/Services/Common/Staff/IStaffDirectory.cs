namespace WuShe.Services.Common.Staff;

/// <summary>The list of people that another system keeps: WeCom's members and departments.</summary>
public interface IStaffDirectory
{
    /// <summary>Whose ids these are, as <see cref="StaffIdentities"/> knows it.</summary>
    string System { get; }

    /// <summary>Everybody the directory shows us. Throws <see cref="StaffDirectoryException"/> when it cannot be read.</summary>
    Task<IReadOnlyList<DirectoryMember>> Read(CancellationToken ct);
}

/// <summary>
/// Somebody in a directory. <paramref name="Departments"/>: for each department of the person, its name and those above it,
/// the nearest first. <paramref name="Position"/> is empty where it is not known.
/// </summary>
public sealed record DirectoryMember(string Id, string Name, IReadOnlyList<IReadOnlyList<string>> Departments, string Position, bool Active);

/// <summary>A directory cannot be read; the message is a line for whoever runs the import.</summary>
public sealed class StaffDirectoryException : Exception
{
    public StaffDirectoryException()
    {
    }

    public StaffDirectoryException(string message)
        : base(message)
    {
    }

    public StaffDirectoryException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
