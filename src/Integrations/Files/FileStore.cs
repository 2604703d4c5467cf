using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using WuShe.Services.Common;

namespace WuShe.Integrations.Files;

/// <summary>
/// Files in folders under the data directory. A file appears whole under its name or not at all: it is written beside,
/// flushed to the disk, then renamed.
/// </summary>
public sealed partial class FileStore : IFileStore
{
    private readonly string _root;

    /// <param name="root">An absolute path; created when missing.</param>
    public FileStore(string root)
    {
        _root = root;
        Directory.CreateDirectory(root);
    }

    public async Task Save(string id, Stream content, CancellationToken ct)
    {
        var path = PathOf(id);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var beside = $"{path}.{RandomNumberGenerator.GetHexString(16)}.tmp";
        try
        {
            await using (var file = new FileStream(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous))
            {
                await content.CopyToAsync(file, ct);
                await file.FlushAsync(ct);
                file.Flush(flushToDisk: true);
            }
            if (File.Exists(path) && !await Same(path, beside, ct))
                throw new InvalidOperationException("A stored file is never changed: another content needs another id.");
            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    public Task<Stream?> Open(string id, CancellationToken ct)
    {
        try
        {
            return Task.FromResult<Stream?>(new FileStream(
                PathOf(id), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    /// <summary>256 folders by a hash of the id, so that ids that begin alike spread too.</summary>
    private string PathOf(string id)
    {
        if (!Id().IsMatch(id)) throw new ArgumentException("A file id is 8 to 80 lower-case letters, digits and dashes.", nameof(id));
        var folder = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(id)).AsSpan(0, 1));
        return Path.Combine(_root, folder, id);
    }

    private static async Task<bool> Same(string one, string other, CancellationToken ct)
    {
        if (new FileInfo(one).Length != new FileInfo(other).Length) return false;
        await using var a = File.OpenRead(one);
        await using var b = File.OpenRead(other);
        var (hashA, hashB) = (await SHA256.HashDataAsync(a, ct), await SHA256.HashDataAsync(b, ct));
        return hashA.AsSpan().SequenceEqual(hashB);
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{7,79}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}
