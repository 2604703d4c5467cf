using System.Globalization;
using WuShe.Dialogs;
using WuShe.Services.Cases;
using WuShe.Services.Common.Organisation;

namespace WuShe.SeedCases;

/// <summary>
/// A year of synthetic casework, made by the case's own moves, so that every log fits its chain: most cases closed and some
/// confirmed, some late, returned, reopened; those of the last days still open.
/// </summary>
internal sealed class Year(Town town, int cases, DateTimeOffset now)
{
    private static readonly string[] Kinds =
        ["lighting", "drainage", "water", "power", "sanitation", "noise", "parking", "road", "building", "elevator", "property", "neighbour-dispute", "care", "greenery", "other"];

    private readonly Random _random = new(7);
    private readonly Dictionary<string, int> _numbers = [];

    public IEnumerable<Case> Cases()
    {
        var step = TimeSpan.FromDays(365) / cases;
        for (var i = 0; i < cases; i++) yield return One(now - TimeSpan.FromDays(365) + (step * i));
    }

    private Case One(DateTimeOffset at)
    {
        var kind = Kinds[(int)(Kinds.Length * _random.NextDouble() * _random.NextDouble())];
        var grid = town.Grids[_random.Next(town.Grids.Count)];
        var unit = town.Unit(grid.RoomId);
        var worker = town.Worker(grid);
        var building = $"{_random.Next(1, 60)}栋{_random.Next(1, 5)}单元";
        var opening = new NewCase("问题上报", $"{kind}：{building}的问题", $"{building}，已经好几天了，麻烦来看一下", new Spot(building, grid.Id, 29.5 + (_random.NextDouble() / 10), 106.5 + (_random.NextDouble() / 10)), 3, [])
        {
            Category = kind,
        };
        var one = Case.Open(Number(at), opening, new ConversationId("web", $"resident{_random.Next(Town.Residents)}"), at, at.AddDays(5));
        var clock = at.AddSeconds(1);
        one.Dispatch(new Responsible(unit.Id, unit.Name, worker.Id, worker.Name), clock);
        if (!Next(ref clock, 8) || _random.NextDouble() < 0.01) return one;
        one.Claim(worker, clock);
        if (_random.NextDouble() < 0.4 && Next(ref clock, 20)) one.Note(worker, "已经联系了师傅，明天来修。", [], clock);
        if (!Next(ref clock, 60)) return one;
        one.Resolve(worker, false, "修好了，请看看。", [], clock);
        if (_random.NextDouble() < 0.08 && Next(ref clock, 24))
        {
            one.Reopen(Satisfaction.NotSolved, "还是不行", clock, clock.AddDays(5));
            if (!Next(ref clock, 40)) return one;
            one.Resolve(worker, false, "又修了一次，换了新的。", [], clock);
        }

        if (_random.NextDouble() < 0.45 && Next(ref clock, 30)) one.Confirm((Satisfaction)_random.Next(3, 6), "", clock);
        return one;
    }

    /// <summary>Some hours later; false when that has not come yet.</summary>
    private bool Next(ref DateTimeOffset clock, double hours)
    {
        clock = clock.AddHours(hours * 2 * _random.NextDouble());
        return clock < now;
    }

    private string Number(DateTimeOffset at)
    {
        var day = BeijingTime.DateOf(at).ToString("yyMMdd", CultureInfo.InvariantCulture);
        _numbers[day] = _numbers.GetValueOrDefault(day) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{day}-{_numbers[day]:0000}");
    }
}
