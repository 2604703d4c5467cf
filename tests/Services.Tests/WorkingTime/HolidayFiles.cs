using System.Text;
using WuShe.Services.Common.Calendar;

namespace WuShe.Services.Tests.WorkingTime;

/// <summary>Files to import.</summary>
internal static class HolidayFiles
{
    /// <summary>An invented notice for 2027: what the law gives, 春节 for eight days with two weekends' days worked for it.</summary>
    public static byte[] Of2027 { get; } = Encoding.UTF8.GetBytes(HolidayFile.Write(new HolidayYear(2027, ["https://www.gov.cn/2027"],
    [
        new(new(2027, 1, 1), "元旦", true),
        new(new(2027, 1, 31), "春节", false),
        .. Enumerable.Range(5, 8).Select(day => new HolidayDay(new(2027, 2, day), "春节", true)),
        new(new(2027, 2, 20), "春节", false),
        new(new(2027, 5, 1), "劳动节", true),
        .. Enumerable.Range(1, 7).Select(day => new HolidayDay(new(2027, 10, day), "国庆节", true)),
    ])));

    /// <summary>The one that comes with the product, as it stands in the repository.</summary>
    public static string Text(int year)
    {
        using var stream = typeof(WorkingCalendar).Assembly.GetManifestResourceStream($"holidays/{year}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    public static HolidayYear Read(int year) => HolidayFile.Read(Encoding.UTF8.GetBytes(Text(year)), year).Year!;
}
