namespace WuShe.Services.Common.StaffChat;

/// <summary>Posts what a group's limit held back, as one digest each.</summary>
public sealed class PostWaitingDigests(IEnumerable<IStaffChat> chats) : IJob
{
    private readonly IStaffChat[] _chats = [.. chats];

    public async Task Run(CancellationToken ct)
    {
        foreach (var chat in _chats) await chat.PostWaiting(ct);
    }
}
