using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Garnet;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using WuShe.Services.Common;

namespace WuShe.Integrations.Redis;

/// <summary>
/// Microsoft.Garnet inside this process, for a deployment without a Redis server. Listens on a free loopback port behind a
/// password of this run; every write is in the append-only file before it is answered, so that killing the process loses
/// nothing; the file is replayed at start and rewritten by a checkpoint when it has grown.
/// </summary>
public sealed class EmbeddedRedis : IDisposable
{
    private readonly GarnetServer _server;
    private readonly FileStream _claim;

    /// <summary>What StackExchange.Redis connects with.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts the server on <paramref name="directory"/>. Throws <see cref="WrongSettingException"/> when another process has it.</summary>
    public EmbeddedRedis(string directory)
    {
        Directory.CreateDirectory(directory);
        _claim = Claim(directory);
        var port = FreePort();
        var password = RandomNumberGenerator.GetHexString(32);
        _server = new GarnetServer(
            [
                "--bind", "127.0.0.1", "--port", $"{port}", "--auth", "Password", "--password", password,
                "--checkpointdir", directory, "--recover", "--aof", "--aof-commit-wait", "--aof-size-limit", "64m",
                "--aof-memory", "8m", "--aof-page-size", "2m", "--device-type", "RandomAccess",
                "--memory", "64m", "--page", "1m", "--segment", "64m", "--index", "8m", "--lua", "-q",
            ],
            NullLoggerFactory.Instance);
        _server.Start();
        ConnectionString = $"127.0.0.1:{port},password={password}";
        Checkpoint();
    }

    public void Dispose()
    {
        _server.Dispose();
        _claim.Dispose();
    }

    /// <summary>
    /// What was recovered becomes the new beginning of the log. Without it, a transaction that a killed process had begun and
    /// not ended would stay open in the log, and a later recovery would take the next process's writes for part of it.
    /// </summary>
    private void Checkpoint()
    {
        using var admin = ConnectionMultiplexer.Connect(ConnectionString + ",allowAdmin=true");
        admin.GetDatabase().Execute("SAVE");
    }

    /// <summary>One process per directory: the lock goes with the process, however it ends.</summary>
    private static FileStream Claim(string directory)
    {
        try
        {
            return new FileStream(Path.Combine(directory, "in-use"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new WrongSettingException("DataDirectory", $"{Path.GetDirectoryName(directory)} is in use by another running WuShe.Bot; stop it, or name another directory");
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
