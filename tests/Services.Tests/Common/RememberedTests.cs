using Microsoft.Extensions.Time.Testing;
using WuShe.Services.Common.Data;

namespace WuShe.Services.Tests.Common;

public sealed class RememberedTests
{
    private readonly FakeTimeProvider _time = new();
    private int _loads;
    private bool _away;

    [Fact]
    public async Task It_is_read_once_and_then_from_memory()
    {
        using var remembered = Make();
        Assert.Null(remembered.Loaded);
        Assert.Equal("1", await remembered.Current(default));
        _time.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal("1", await remembered.Current(default));
        Assert.Equal("1", remembered.Loaded);
    }

    [Fact]
    public async Task Nobody_reads_what_is_older_than_ten_seconds()
    {
        using var remembered = Make();
        await remembered.Current(default);
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("2", await remembered.Current(default));
    }

    [Fact]
    public async Task While_the_database_is_away_what_was_known_stays()
    {
        using var remembered = Make();
        await remembered.Current(default);
        _away = true;
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("1", await remembered.Current(default));
        _away = false;
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("2", await remembered.Current(default));
    }

    private Remembered<string> Make() => new(
        _ => _away ? throw new TimeoutException() : Task.FromResult((++_loads).ToString(System.Globalization.CultureInfo.InvariantCulture)), _time);
}
