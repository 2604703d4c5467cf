using WuShe.Integrations.Files;

namespace WuShe.Integrations.Tests.Files;

public sealed class FileStoreTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("wushe-files-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task What_was_saved_is_read_by_another_instance()
    {
        await Save("0123456789abcdef", [1, 2, 3]);
        await using var read = await new FileStore(_root).Open("0123456789abcdef", CancellationToken.None);
        Assert.Equal(3, read!.Length);
        Assert.Null(await new FileStore(_root).Open("0123456789abcdee", CancellationToken.None));
    }

    [Fact]
    public async Task Saved_again_only_with_the_same_content()
    {
        await Save("0123456789abcdef", [1, 2, 3]);
        await Save("0123456789abcdef", [1, 2, 3]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Save("0123456789abcdef", [1, 2, 4]));
        Assert.Single(Directory.GetFiles(_root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Half_a_file_leaves_nothing()
    {
        await Assert.ThrowsAsync<IOException>(() => new FileStore(_root).Save("0123456789abcdef", new Breaking(), CancellationToken.None));
        Assert.Empty(Directory.GetFiles(_root, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("../../../etc/passwd")]
    [InlineData("short")]
    [InlineData("0123456789ABCDEF")]
    [InlineData("0123456789abcdef\n")]
    [InlineData("0123456789abc/ef")]
    [InlineData("-123456789abcdef")]
    public async Task Other_ids_are_refused(string id)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Save(id, [1]));
        await Assert.ThrowsAsync<ArgumentException>(() => new FileStore(_root).Open(id, CancellationToken.None));
    }

    private Task Save(string id, byte[] bytes) => new FileStore(_root).Save(id, new MemoryStream(bytes), CancellationToken.None);

    private sealed class Breaking : MemoryStream
    {
        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => throw new IOException("cut");
    }
}
