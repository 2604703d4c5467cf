using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs.Engine;
using WuShe.Services.Common.Messages;

namespace WuShe.Services.Common.Data;

/// <summary>
/// Each act is one context and one save, which the database makes one transaction. The key is not looked up first: its
/// row goes in with the rest, and the unique index says whether it was there. So a first time costs one batch.
/// </summary>
public sealed class DatabaseTransactions(
    IDbContextFactory<CommunityDb> contexts, IDatabaseErrors errors, TimeProvider time, IWake wake) : ITransactions
{
    private const int Tries = 6;
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Task<T> Once<T>(IdempotencyKey key, Func<CommunityDb, CancellationToken, Task<T>> act, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrEmpty(key.Value, nameof(key));
        return Repeat(key.Value, act, ct);
    }

    public Task<T> Run<T>(Func<CommunityDb, CancellationToken, Task<T>> act, CancellationToken ct) => Repeat(null, act, ct);

    private async Task<T> Repeat<T>(string? key, Func<CommunityDb, CancellationToken, Task<T>> act, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Try(key, act, ct);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                if (key is not null && !errors.IsTransient(e) && await Earlier<T>(key, ct) is { } earlier) return earlier.Result;
                if (attempt >= MostTries(e)) throw;
            }
            // The other writer works in real time, whatever clock this process was given.
            await Task.Delay(Pause(attempt), TimeProvider.System, ct);
        }
    }

    private async Task<T> Try<T>(string? key, Func<CommunityDb, CancellationToken, Task<T>> act, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var result = await act(db, ct);
        if (key is not null) db.Add(new Operation { Key = key, ResultJson = JsonSerializer.Serialize(result, Json), At = time.GetUtcNow() });
        var owed = Owed(db);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (owed.Count > 0 && errors.IsDuplicate(e))
        {
            if (!await LeaveOutKnown(db, owed, ct)) throw;
            await db.SaveChangesAsync(ct);
        }
        Wake(owed);
        return result;
    }

    private async Task<(bool Found, T Result)?> Earlier<T>(string key, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var json = await db.Set<Operation>().Where(o => o.Key == key).Select(o => o.ResultJson).FirstOrDefaultAsync(ct);
        return json is null ? null : (true, JsonSerializer.Deserialize<T>(json, Json)!);
    }

    /// <summary>A transient error may go on for a while; a duplicate that is not the key deserves a second look at the record.</summary>
    private int MostTries(Exception error) => errors.IsTransient(error) ? Tries : errors.IsDuplicate(error) ? 2 : 1;

    private static TimeSpan Pause(int attempt) =>
        TimeSpan.FromMilliseconds((5 << attempt) + RandomNumberGenerator.GetInt32(10));

    private static List<OutboxMessage> Owed(CommunityDb db)
    {
        List<OutboxMessage> owed = [];
        foreach (var entry in db.ChangeTracker.Entries<OutboxMessage>())
            if (entry.State == EntityState.Added) owed.Add(entry.Entity);
        return owed;
    }

    /// <summary>What is owed already under the same key is owed once.</summary>
    private static async Task<bool> LeaveOutKnown(CommunityDb db, List<OutboxMessage> owed, CancellationToken ct)
    {
        var keys = owed.ConvertAll(m => m.Key);
        var known = await db.Set<OutboxMessage>().Where(m => keys.Contains(m.Key)).Select(m => m.Key).ToListAsync(ct);
        foreach (var message in owed)
            if (known.Contains(message.Key)) db.Entry(message).State = EntityState.Detached;
        return known.Count > 0;
    }

    private void Wake(List<OutboxMessage> owed)
    {
        if (owed.Count == 0) return;
        var first = owed.Min(m => m.DueAt);
        if (first <= time.GetUtcNow()) wake.Outbox();
        else wake.OutboxAt(first);
    }
}
