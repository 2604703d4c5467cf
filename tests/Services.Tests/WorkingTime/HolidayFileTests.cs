using System.Text;
using WuShe.Services.Common.Calendar;

namespace WuShe.Services.Tests.WorkingTime;

public sealed class HolidayFileTests
{
    [Fact]
    public void The_files_that_come_with_the_product_are_read()
    {
        var days = new WorkingCalendar().Days;
        Assert.Equal([2023, 2024, 2025, 2026], days.Years);
        Assert.All(days.Years, year => Assert.All(days.Year(year)!.Papers, paper => Assert.Contains("www.gov.cn", paper, StringComparison.Ordinal)));
        // The notice for 2023 names a day of the year before.
        Assert.Equal("元旦", days.Named(new DateOnly(2022, 12, 31))?.Name);
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        var year = HolidayFiles.Read(2026);
        var again = HolidayFile.Read(Encoding.UTF8.GetBytes(HolidayFile.Write(year)), 2026).Year!;
        Assert.Equal(year.Days, again.Days);
        Assert.Equal(year.Papers, again.Papers);
    }

    [Fact]
    public void A_byte_order_mark_does_no_harm() =>
        Assert.NotNull(HolidayFile.Read((byte[])[0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(HolidayFiles.Text(2026))], 2026).Year);

    [Theory]
    [InlineData("", "没法读")]
    [InlineData("年份", "没法读")]
    [InlineData("[]", "没有年份")]
    [InlineData("{\"year\":\"2026\"}", "没有年份")]
    [InlineData("{\"year\":2025}", "文件写的是 2025 年，不是要导入的 2026 年。")]
    [InlineData("{\"year\":2026,\"days\":[]}", "没有写明依据")]
    [InlineData("{\"year\":2026,\"papers\":[]}", "没有写明依据")]
    [InlineData("{\"year\":2026,\"papers\":[\"javascript:alert(1)\"]}", "没有写明依据")]
    [InlineData("{\"year\":2026,\"papers\":[\"https://www.gov.cn/x\"],\"days\":[]}", "一天也没有写")]
    public void No_file_of_that_year(string text, string reason)
    {
        var reading = HolidayFile.Read(Encoding.UTF8.GetBytes(text), 2026);
        Assert.Null(reading.Year);
        var fault = Assert.Single(reading.Faults);
        Assert.Equal(0, fault.Row);
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"2026-10-10\"", "\"2025-10-11\"", "第 39 条：2025年10月11日不在 2026 年。")]
    [InlineData("\"2026-10-10\"", "\"2027-01-02\"", "第 39 条：2027年1月2日不在 2026 年。")]
    [InlineData("\"2026-10-10\"", "\"2026-10-07\"", "第 39 条：2026年10月7日是周三，本来就上班，不用调休。")]
    [InlineData("\"2026-10-07\"", "\"2026-10-06\"", "第 38 条：2026年10月6日前面已经写过。")]
    [InlineData("\"2026-10-07\"", "\"2026-02-30\"", "第 38 条：「2026-02-30」不是日期")]
    [InlineData("\"2026-10-07\"", "\"10月7日\"", "第 38 条：「10月7日」不是日期")]
    [InlineData("\"2026-10-07\"", "7", "第 38 条：要写 name")]
    [InlineData("\"name\": \"国庆节\",\n   \"date\": \"2026-10-07\"", "\"name\": \" \",\n   \"date\": \"2026-10-07\"", "第 38 条：2026年10月7日没有写是什么节")]
    [InlineData("\"2026-10-07\",\n   \"isOffDay\": true", "\"2026-10-07\",\n   \"isOffDay\": \"true\"", "第 38 条：2026年10月7日没有写放假还是上班")]
    [InlineData("\"2026-10-01\"", "\"2026-10-11\"", "2026年10月1日是国庆节，文件里没有放假")]
    [InlineData("\"2026-02-17\"", "\"2026-02-25\"", "2026年2月17日是春节，文件里没有放假")]
    public void The_row_and_the_reason_are_named(string instead, string wrong, string fault)
    {
        var text = HolidayFiles.Text(2026);
        Assert.Contains(instead, text, StringComparison.Ordinal);
        var reading = HolidayFile.Read(Encoding.UTF8.GetBytes(text.Replace(instead, wrong, StringComparison.Ordinal)), 2026);
        Assert.Null(reading.Year);
        Assert.StartsWith(fault, Assert.Single(reading.Faults).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_wrong_row_is_named_at_once()
    {
        var text = HolidayFiles.Text(2026).Replace("2026-05", "2026-13", StringComparison.Ordinal);
        Assert.Equal(6, HolidayFile.Read(Encoding.UTF8.GetBytes(text), 2026).Faults.Count);
    }

    [Fact]
    public void A_file_without_end_is_refused() => Assert.Contains("太大", Assert.Single(HolidayFile.Read(new byte[HolidayFile.MaxBytes + 1], 2026).Faults).Reason, StringComparison.Ordinal);
}
