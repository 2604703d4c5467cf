using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Tests.Organisation;

public sealed class PersonalHoursTests
{
    [Theory]
    [InlineData("8:30-12:00 14:00-18:00", "08:30-12:00 14:00-18:00")]
    [InlineData("８:30-12:00", null)]
    [InlineData(" 14：00至18：00，8:30－12:00 ", "08:30-12:00 14:00-18:00")]
    [InlineData("22:00-6:00", "22:00-06:00")]
    [InlineData("00:00-24:00", "00:00-24:00")]
    [InlineData("8:30", null)]
    [InlineData("8:60-9:00", null)]
    [InlineData("24:00-1:00", null)]
    [InlineData("9:00-9:00", null)]
    [InlineData("8:00-12:00 11:00-14:00", null)]
    [InlineData("22:00-6:00 5:00-7:00", null)]
    [InlineData("1:00-2:00 3:00-4:00 5:00-6:00 7:00-8:00 9:00-10:00", null)]
    [InlineData("早上", null)]
    [InlineData("", null)]
    public void What_people_write_is_read_or_refused(string text, string? read)
    {
        Assert.Equal(read is not null, PersonalHours.TryParse(text, out var hours));
        Assert.Equal(read, hours?.ToString());
        if (hours is not null) Assert.Equal(read, PersonalHours.Read(hours.ToString())?.ToString());
    }

    [Theory]
    [InlineData("08:30-12:00 14:00-18:00", "08:29", false)]
    [InlineData("08:30-12:00 14:00-18:00", "08:30", true)]
    [InlineData("08:30-12:00 14:00-18:00", "12:00", false)]
    [InlineData("08:30-12:00 14:00-18:00", "17:59", true)]
    [InlineData("22:00-06:00", "23:00", true)]
    [InlineData("22:00-06:00", "05:59", true)]
    [InlineData("22:00-06:00", "06:00", false)]
    [InlineData("00:00-24:00", "23:59", true)]
    public void The_end_of_a_span_is_outside_it(string hours, string at, bool covered) =>
        Assert.Equal(covered, PersonalHours.Read(hours)!.Covers(TimeOnly.Parse(at, System.Globalization.CultureInfo.InvariantCulture)));
}
