namespace WuShe.Services.Common.StaffChat;

/// <summary>Tells open group chats, on every instance, that something in a unit's group is new. A hint: a lost one costs a reload.</summary>
public interface IGroupFeed
{
    void Changed(Guid unitId);

    /// <summary>Calls back (on any thread) with each unit whose group changed until disposed.</summary>
    IDisposable Subscribe(Action<Guid> changed);
}
