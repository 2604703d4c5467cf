using System.Collections.Concurrent;
using WuShe.Services.Common;
using WuShe.Services.Common.StaffChat;

namespace WuShe.Bot.Tests.Console;

internal sealed class FilesInMemory : IFileStore
{
    public ConcurrentDictionary<string, byte[]> Kept { get; } = new();

    public async Task Save(string id, Stream content, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, ct);
        Kept[id] = bytes.ToArray();
    }

    public Task<Stream?> Open(string id, CancellationToken ct) =>
        Task.FromResult<Stream?>(Kept.TryGetValue(id, out var bytes) ? new MemoryStream(bytes) : null);
}

/// <summary>Takes what begins like a JPEG as it is.</summary>
internal sealed class JpegOnly : IPictures
{
    public async Task<PictureOutcome> Prepare(Stream content, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, ct);
        var picture = bytes.ToArray();
        return picture is [0xFF, 0xD8, ..] ? new PictureOutcome(picture, picture, null) : new PictureOutcome(null, null, "这不是图片。");
    }
}

internal sealed class NobodyWoken : IWake
{
    public void Outbox()
    {
    }
}

internal sealed class FeedInMemory : IConsoleFeed
{
    private readonly ConcurrentDictionary<Guid, Action<string>> _open = new();

    /// <summary>Whether hints are lost.</summary>
    public bool Silent { get; set; }

    public void CaseChanged(string caseNumber)
    {
        if (Silent) return;
        foreach (var changed in _open.Values) changed(caseNumber);
    }

    public IDisposable Subscribe(Action<string> changed)
    {
        var id = Guid.NewGuid();
        _open[id] = changed;
        return new Subscription(() => _open.TryRemove(id, out _));
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}

internal sealed class GroupFeedInMemory : IGroupFeed
{
    public void Changed(Guid unitId)
    {
    }

    public IDisposable Subscribe(Action<Guid> changed) => new Nothing();

    private sealed class Nothing : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
