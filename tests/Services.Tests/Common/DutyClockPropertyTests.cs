using CsCheck;
using WuShe.Services.Common.Calendar;

namespace WuShe.Services.Tests.Common;

/// <summary>The clock against one that walks minute by minute, on random hours and instants of 2023 to 2027 (2027 without a notice).</summary>
public sealed class DutyClockPropertyTests
{
    private const int Runs = 300;
    private static readonly CalendarDays Days = new WorkingCalendar().Days;
    private static readonly DateTimeOffset First = new(2022, 12, 20, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<DateTimeOffset> Instant = Gen.Frequency(
        (2, Gen.Int[0, 5 * 366 * 24 * 60].Select(minutes => First.AddMinutes(minutes))),
        (1, Near(2024, 2, 4)), (1, Near(2024, 9, 29)), (1, Near(2025, 1, 26)), (1, Near(2025, 9, 28)), (1, Near(2026, 2, 14)), (1, Near(2026, 9, 20)));

    /// <summary>Two to six different ends in order make one to three spans.</summary>
    private static readonly Gen<int[]> Ends = Gen.Int[0, 24 * 60].HashSet[2, 6].Select(ends => ends.Order().Take(ends.Count / 2 * 2).ToArray());

    private static readonly Gen<int> Minutes = Gen.Int[0, 20 * 60];

    [Fact]
    public void Adding_equals_the_slow_clock() => Gen.Select(Ends, Instant, Minutes).Sample(
        (ends, from, minutes) =>
        {
            // A few days' duty: the slow clock walks through every minute of them.
            minutes %= (4 * ends.Chunk(2).Sum(span => span[1] - span[0])) + 1;
            Assert.Equal(Slow(ends).Add(from, minutes), Fast(ends).Add(from, TimeSpan.FromMinutes(minutes)));
        }, iter: Runs);

    [Fact]
    public void Time_between_equals_the_slow_clock() => Gen.Select(Ends, Instant, Gen.Int[0, 30 * 24 * 60]).Sample(
        (ends, from, wall) =>
        {
            var to = from.AddMinutes(wall);
            Assert.Equal(TimeSpan.FromMinutes(Slow(ends).Between(from, to)), Fast(ends).Between(from, to));
            Assert.Equal(-Fast(ends).Between(from, to), Fast(ends).Between(to, from));
        }, iter: Runs);

    [Fact]
    public void Due_dates_equal_the_slow_clock() => Gen.Select(Ends, Instant, Gen.Int[1, 15]).Sample(
        (ends, from, days) => Assert.Equal(Slow(ends).DueAfter(from, days), Fast(ends).DueAfter(from, days)), iter: Runs);

    [Fact]
    public void Open_hours_equal_the_slow_clock() => Gen.Select(Ends, Instant).Sample(
        (ends, at) =>
        {
            Assert.Equal(Slow(ends).IsOpen(at), Fast(ends).IsOpen(at));
            Assert.Equal(Slow(ends).NextOpening(at), Fast(ends).NextOpening(at));
        }, iter: Runs * 5);

    [Fact]
    public void What_was_added_lies_between() => Gen.Select(Ends, Instant, Minutes, Gen.Int[0, 59]).Sample(
        (ends, from, minutes, seconds) =>
        {
            var (clock, added) = (Fast(ends), new TimeSpan(0, minutes, seconds));
            Assert.Equal(added, clock.Between(from, clock.Add(from, added)));
        }, iter: Runs * 5);

    [Fact]
    public void Adding_in_two_steps_is_adding_at_once() => Gen.Select(Ends, Instant, Minutes, Minutes).Sample(
        (ends, from, one, other) =>
        {
            var clock = Fast(ends);
            Assert.Equal(
                clock.Add(from, TimeSpan.FromMinutes(one + other)),
                clock.Add(clock.Add(from, TimeSpan.FromMinutes(one)), TimeSpan.FromMinutes(other)));
        }, iter: Runs * 5);

    [Fact]
    public void Whoever_comes_later_or_needs_longer_is_due_no_earlier() => Gen.Select(Ends, Instant, Minutes, Minutes, Gen.Int[0, 15]).Sample(
        (ends, from, wait, time, days) =>
        {
            var (clock, later, work) = (Fast(ends), from.AddMinutes(wait), TimeSpan.FromMinutes(time));
            Assert.True(clock.DueAfter(from, days) <= clock.DueAfter(later, days));
            Assert.True(clock.DueAfter(from, days) <= clock.DueAfter(from, days + 1));
            Assert.True(clock.DueAfter(from, days) > from);
            Assert.True(clock.Add(from, work) <= clock.Add(later, work));
            Assert.True(clock.Add(from, work) <= clock.Add(from, work + TimeSpan.FromSeconds(1)));
            Assert.True(clock.Add(from, work) >= from);
        }, iter: Runs * 5);

    [Fact]
    public void Everything_is_utc() => Gen.Select(Ends, Instant, Minutes).Sample(
        (ends, at, minutes) =>
        {
            var (clock, beijing) = (Fast(ends), at.ToOffset(TimeSpan.FromHours(8)));
            Assert.Equal(TimeSpan.Zero, clock.DueAfter(beijing, 1).Offset);
            Assert.Equal(TimeSpan.Zero, clock.Add(beijing, TimeSpan.FromMinutes(minutes)).Offset);
            Assert.Equal(TimeSpan.Zero, clock.NextOpening(beijing).Offset);
        }, iter: Runs);

    private static Gen<DateTimeOffset> Near(int year, int month, int day) =>
        Gen.Int[-3 * 24 * 60, 14 * 24 * 60].Select(minutes => new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes));

    private static DutyClock Fast(int[] ends) => new(Days, DutyHours.Read(string.Join(',', ends.Chunk(2).Select(span => $"{Time(span[0])}-{Time(span[1])}")))!);

    private static SlowClock Slow(int[] ends) => new(Days.IsWorkingDay, [.. ends.Chunk(2).Select(span => (span[0], span[1]))]);

    private static string Time(int minute) => $"{minute / 60:00}:{minute % 60:00}";
}
