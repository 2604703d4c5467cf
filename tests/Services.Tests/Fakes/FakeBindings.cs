using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Bindings;

namespace WuShe.Services.Tests.Fakes;

/// <summary>For transcripts: gives out 246810, knows 135790 of another conversation, and does what it is told to.</summary>
public sealed class FakeBindings : IBindings
{
    private readonly Dictionary<string, object> _done = [];
    private bool _used;

    /// <summary>How many of the next acts break off.</summary>
    public int Fails { get; set; }

    public bool Joined { get; set; }

    public Task<string?> Offer(Resident resident, CancellationToken ct) => Do(null, () => (string?)"246810");

    public Task<BindResult> Take(string code, Resident resident, IdempotencyKey key, CancellationToken ct) => Do(key.Value, () =>
    {
        if (code == "246810") return BindResult.SaidHere;
        if (code != "135790" || _used) return BindResult.Wrong;
        _used = true;
        if (Joined) return BindResult.JoinedAlready;
        Joined = true;
        return BindResult.Joined;
    });

    public Task<bool> Part(Resident resident, IdempotencyKey key, CancellationToken ct) => Do(key.Value, () =>
    {
        var was = Joined;
        Joined = false;
        return was;
    });

    private Task<T> Do<T>(string? key, Func<T> act)
    {
        if (Fails > 0)
        {
            Fails--;
            throw new InvalidOperationException("The database is away.");
        }

        if (key is null) return Task.FromResult(act());
        if (!_done.TryGetValue(key, out var earlier)) _done[key] = earlier = act()!;
        return Task.FromResult((T)earlier);
    }
}

/// <summary>Codes in memory, for use cases: 100001, 100002 …, each once.</summary>
public sealed class FakeBindCodes : IBindCodes
{
    private readonly Dictionary<string, (ConversationId Whose, string? UsedBy)> _codes = [];

    public Task<string?> Issue(ConversationId who, CancellationToken ct)
    {
        var code = (100_001 + _codes.Count).ToString(System.Globalization.CultureInfo.InvariantCulture);
        _codes[code] = (who, null);
        return Task.FromResult<string?>(code);
    }

    public Task<ConversationId?> Redeem(string code, ConversationId by, IdempotencyKey key, CancellationToken ct)
    {
        if (!_codes.TryGetValue(code, out var known)) return Task.FromResult<ConversationId?>(null);
        if (known.UsedBy is { } used && used != key.Value) return Task.FromResult<ConversationId?>(null);
        if (known.Whose != by) _codes[code] = known with { UsedBy = key.Value };
        return Task.FromResult<ConversationId?>(known.Whose);
    }
}
