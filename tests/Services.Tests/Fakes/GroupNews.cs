using System.Collections.Concurrent;
using WuShe.Services.Common.StaffChat;

namespace WuShe.Services.Tests.Fakes;

/// <summary>Notes whose groups changed; nobody listens.</summary>
public sealed class GroupNews : IGroupFeed
{
    public ConcurrentQueue<Guid> Units { get; } = [];

    public void Changed(Guid unitId) => Units.Enqueue(unitId);

    public IDisposable Subscribe(Action<Guid> changed) => throw new NotSupportedException();
}
