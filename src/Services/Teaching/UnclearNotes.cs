using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs.Understanding;
using WuShe.Services.Common;
using WuShe.Services.Common.Data;

namespace WuShe.Services.Teaching;

/// <summary>Gathers what was not understood in memory, and a job writes it down: no resident waits for it.</summary>
public sealed class UnclearNotes(IDbContextFactory<CommunityDb> contexts, IDatabaseErrors errors, TimeProvider time) : IUnclear, IJob
{
    private const int Most = 1000;
    private readonly ConcurrentQueue<(string Words, string Guess, DateTimeOffset At)> _heard = new();

    public void Note(string text, Understood read)
    {
        // Numbers, symbols and single letters teach nothing.
        if (text.Count(char.IsLetter) < 2 || _heard.Count >= Most) return;
        var masked = Masking.Mask(text);
        var guess = read.Intent.Code == Intents.Report && read.Category is [var best, ..] ? $"{Intents.Report}/{best.Code}" : read.Intent.Code;
        _heard.Enqueue((Plain.Limit(masked, UnclearSaying.MaxWords).Text, guess, time.GetUtcNow()));
    }

    /// <summary>Writes down what was gathered. The same said again counts up.</summary>
    public async Task Run(CancellationToken ct)
    {
        while (_heard.TryDequeue(out var heard))
        {
            var same = Same(heard.Words);
            if (same.Length == 0 || await CountUp(same, heard.At, ct)) continue;
            try
            {
                await using var db = await contexts.CreateDbContextAsync(ct);
                db.Add(new UnclearSaying { Id = Guid.CreateVersion7(heard.At), Words = heard.Words, Same = same, Guess = heard.Guess, FirstAt = heard.At, LastAt = heard.At });
                await db.SaveChangesAsync(ct);
            }
            catch (DbUpdateException problem) when (errors.IsDuplicate(problem))
            {
                // Another instance heard the same at the same moment.
                await CountUp(same, heard.At, ct);
            }
        }
    }

    private async Task<bool> CountUp(string same, DateTimeOffset at, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Set<UnclearSaying>().Where(s => s.Same == same)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Times, s => s.Times + 1).SetProperty(s => s.LastAt, at), ct) > 0;
    }

    private static string Same(string words) => string.Concat(words.Where(char.IsLetter)).ToLowerInvariant();
}
