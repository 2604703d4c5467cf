using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Understanding;
using WuShe.Services.Cases;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Emergencies;

/// <summary>Turns words of danger into the most urgent kind of case there is.</summary>
public sealed class Emergencies(ICases cases, IPlaces places)
{
    /// <summary>Staff answer within this time, by night and on holidays as well.</summary>
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(30);

    private const string CaseKind = "紧急求助";
    private const int TitleWords = 20;

    /// <summary>Alerts the staff responsible for the place that the words name, or those on duty. The same key alerts once.</summary>
    public async Task<Alerted> Alert(
        DangerKind danger, string words, IReadOnlyList<AttachmentRef> pictures, Resident resident, IdempotencyKey key, CancellationToken ct)
    {
        var match = await places.FindIn(words, ct);
        var known = match.Kind == PlaceMatchKind.Found;
        var spot = known ? match.Spot : new Spot("", null, null, null);
        var opening = new NewCase(CaseKind, $"【紧急】{Name(danger)}：{Short(words)}", words.Length == 0 ? "见照片" : words, spot, 1, pictures)
        {
            Within = Within,
        };
        var opened = await cases.Open(opening, resident, key, ct);
        return new Alerted(opened.Number, opened.OwnerName, known);
    }

    /// <summary>What the person says afterwards, told to the same staff. False when they have closed the alarm: nobody was told.</summary>
    public Task<bool> Add(
        string number, string words, IReadOnlyList<AttachmentRef> pictures, Resident resident, IdempotencyKey key, CancellationToken ct) =>
        cases.Add(number, words, pictures, resident, key, ct);

    private static string Name(DangerKind danger) => danger switch
    {
        DangerKind.Gas => "燃气泄漏",
        DangerKind.Fire => "着火",
        DangerKind.Lift => "电梯困人",
        DangerKind.Injury => "有人受伤或发病",
        DangerKind.SelfHarm => "有人想不开",
        DangerKind.Missing => "有人走失",
        DangerKind.Violence => "有人受到伤害",
        DangerKind.Traffic => "车祸",
        DangerKind.Collapse => "垮塌或水淹",
        _ => "有危险",
    };

    private static string Short(string words) => Plain.Limit(words.ReplaceLineEndings(" "), TitleWords) is { Cut: true } cut ? cut.Text + "…" : words.ReplaceLineEndings(" ");
}

/// <summary>Whom an alert reached. <paramref name="Placed"/>: its words named a place that is known.</summary>
public sealed record Alerted(string Number, string OwnerName, bool Placed);
