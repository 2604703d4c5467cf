using System.Globalization;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Cases;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Tests.Fakes;

/// <summary>Casework in memory, for transcripts: opens what it is given, lists and rates what it was told of.</summary>
public sealed class FakeCases : ICases
{
    private readonly Dictionary<string, object?> _done = [];

    public List<NewCase> Opened { get; } = [];

    public List<CaseStory> Mine { get; } = [];

    public List<RatableCase> Closed { get; } = [];

    public List<(string Number, Satisfaction Level, string Words)> Ratings { get; } = [];

    public string OwnerName { get; set; } = "网格员 王";

    public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    /// <summary>How many of the next acts break off.</summary>
    public int Fails { get; set; }

    /// <summary>How many of the next lists of own cases cannot be read.</summary>
    public int FailLists { get; set; }

    /// <summary>How many of the next stories cannot be read.</summary>
    public int FailStories { get; set; }

    public Task<OpenedCase> Open(NewCase opening, Resident resident, IdempotencyKey key, CancellationToken ct) => Once(key, () =>
    {
        Opened.Add(opening);
        var day = BeijingTime.DateOf(Now).ToString("yyMMdd", CultureInfo.InvariantCulture);
        return new OpenedCase($"{day}-{Opened.Count:0000}", OwnerName, Now.AddDays(opening.LimitWorkingDays));
    });

    public List<(string Number, string Words, int Pictures)> Added { get; } = [];

    /// <summary>The number of a case that staff close after this many additions.</summary>
    public (string Number, int After)? ClosesAfter { get; set; }

    public Task<bool> Add(
        string number, string words, IReadOnlyList<AttachmentRef> pictures, Resident resident, IdempotencyKey key, CancellationToken ct) => Once(key, () =>
    {
        if (ClosesAfter is { } closing && closing.Number == number && Added.Count >= closing.After) return false;
        Added.Add((number, words, pictures.Count));
        return true;
    });

    public List<(string Number, string Words)> Withdrawn { get; } = [];

    public Task<bool> Withdraw(string number, string words, Resident resident, IdempotencyKey key, CancellationToken ct) => Once(key, () =>
    {
        if (Mine.RemoveAll(story => story.Summary.Number == number) == 0) return false;
        Withdrawn.Add((number, words));
        return true;
    });

    /// <summary>Neighbours' cases, each with the category it is offered for, at the building that its place begins with.</summary>
    public List<(string Category, NearbyCase Case)> Nearby { get; } = [];

    public List<(string Number, string Words, int Pictures)> Followed { get; } = [];

    public Task<IReadOnlyList<NearbyCase>> Near(string category, Spot place, Resident resident, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<NearbyCase>>([.. Nearby.Where(one => one.Category == category && place.Words.StartsWith(one.Case.Place[..5], StringComparison.Ordinal)).Select(one => one.Case)]);

    /// <summary>Number 9999 is closed by now.</summary>
    public Task<OpenedCase?> Follow(
        string number, string words, IReadOnlyList<AttachmentRef> pictures, Resident resident, IdempotencyKey key, CancellationToken ct) => Once<OpenedCase?>(key, () =>
    {
        if (number.EndsWith("9999", StringComparison.Ordinal)) return null;
        Followed.Add((number, words, pictures.Count));
        return new OpenedCase(number, OwnerName, Now.AddDays(2));
    });

    public Task<IReadOnlyList<CaseSummary>> OpenOf(Resident resident, CancellationToken ct) =>
        FailLists-- > 0 ? throw Away : Task.FromResult<IReadOnlyList<CaseSummary>>([.. Mine.Select(story => story.Summary)]);

    public Task<CaseStory?> Story(string number, Resident resident, CancellationToken ct) =>
        FailStories-- > 0 ? throw Away : Task.FromResult(Mine.SingleOrDefault(story => story.Summary.Number == number || story.Summary.Number.EndsWith("-" + number, StringComparison.Ordinal)));

    public Task<RatableCase?> ToRate(string? number, Resident resident, CancellationToken ct) =>
        Task.FromResult(Closed.LastOrDefault(one => number is null || one.Number == number));

    public Task<RatingOutcome> Rate(
        string number, Satisfaction level, string words, Resident resident, IdempotencyKey key, CancellationToken ct) => Once(key, () =>
    {
        Ratings.Add((number, level, words));
        return new RatingOutcome(level.Reopens() ? RatingResult.Reopened : RatingResult.Thanked, OwnerName, Now.AddDays(3));
    });

    public List<(string Number, string Words)> Anew { get; } = [];

    public Task<OpenedCase?> OpenAnew(string number, string words, Resident resident, IdempotencyKey key, CancellationToken ct) => Once(key, () =>
    {
        Anew.Add((number, words));
        return (OpenedCase?)new OpenedCase($"260302-{Anew.Count:0000}", OwnerName, Now.AddDays(3));
    });

    private static InvalidOperationException Away => new("The database is away.");

    private Task<T> Once<T>(IdempotencyKey key, Func<T> act)
    {
        if (Fails > 0)
        {
            Fails--;
            throw Away;
        }

        if (!_done.TryGetValue(key.Value, out var earlier)) _done[key.Value] = earlier = act();
        return Task.FromResult((T)earlier!);
    }
}
