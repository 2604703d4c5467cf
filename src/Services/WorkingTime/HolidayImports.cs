using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs;
using WuShe.Services.Common.Calendar;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.WorkingTime;

public enum WorkingTimeResult
{
    Done,

    /// <summary>Not the actor's role, or not the actor's unit.</summary>
    NotAllowed,

    /// <summary>What was given cannot be taken; nothing was changed.</summary>
    Refused,
}

/// <summary>What became of a change, with a sentence in Chinese.</summary>
public sealed record WorkingTimeOutcome(WorkingTimeResult Result, string Words);

/// <summary>
/// The yearly import of holidays, by admins: looked at first, with what it would change, then confirmed. Promised dates of
/// existing cases stay as they are; what is promised from now on is counted by the new days.
/// </summary>
public sealed class HolidayImports(ITransactions transactions, WorkingTimeMap map, WorkingCalendar calendar, TimeProvider time)
{
    /// <summary>Corrections reach so many years back.</summary>
    private const int Back = 3;

    private static readonly WorkingTimeOutcome NotAllowed = new(WorkingTimeResult.NotAllowed, "只有管理员可以导入放假安排。");
    private static readonly WorkingTimeOutcome Overtaken = new(WorkingTimeResult.Refused, "别人刚刚导入过这一年，这次没有改动。请重新选文件，再看一遍。");

    public static bool MayImport(StaffActor actor) => actor.Role == Role.Admin;

    /// <summary>In Beijing.</summary>
    public int ThisYear => BeijingTime.DateOf(time.GetUtcNow()).Year;

    /// <summary>The years that should be known by now and are not.</summary>
    public IReadOnlyList<int> Missing => MissingHolidays.Missing(calendar.Days, time.GetUtcNow());

    /// <summary>The years that can be imported today, the likeliest first: the first one that is missing, then the newest.</summary>
    public IReadOnlyList<int> Years()
    {
        var years = Enumerable.Range(ThisYear - Back, Back + 2).Reverse();
        return [.. years.OrderBy(year => calendar.Knows(year)).ThenByDescending(year => year)];
    }

    /// <summary>Reads a file as that year's and says what would change. Changes nothing.</summary>
    public async Task<HolidayPreview> Check(int year, ReadOnlyMemory<byte> file, StaffActor actor, CancellationToken ct)
    {
        if (!MayImport(actor)) return HolidayPreview.Refused([new HolidayFault(0, NotAllowed.Words)]);
        if (!Years().Contains(year)) return HolidayPreview.Refused([new HolidayFault(0, $"现在不能导入 {year} 年的安排。")]);
        var reading = HolidayFile.Read(file, year);
        if (reading.Year is not { } read) return HolidayPreview.Refused(reading.Faults);
        await map.Reload(ct);
        return HolidayPreview.Of(read, calendar.Days, Known(year));
    }

    /// <summary>Takes what was looked at; refused when somebody imported the same year meanwhile.</summary>
    public async Task<WorkingTimeOutcome> Confirm(HolidayPreview preview, StaffActor actor, CancellationToken ct)
    {
        if (!MayImport(actor)) return NotAllowed;
        if (preview.Year is not { } year) return new WorkingTimeOutcome(WorkingTimeResult.Refused, "这份文件有错，不能导入。");
        var (now, file) = (time.GetUtcNow(), HolidayFile.Write(year));
        try
        {
            var outcome = await transactions.Run(async (db, token) =>
            {
                var row = await db.Set<ImportedYear>().AsTracking().SingleOrDefaultAsync(y => y.Year == year.Year, token);
                if ((row?.Version ?? 0) != preview.Known) return Overtaken;
                if (row is null) db.Add(row = new ImportedYear { Year = year.Year, File = file, ImportedBy = actor.Name });
                (row.File, row.ImportedBy, row.ImportedAt, row.Version) = (file, actor.Name, now, preview.Known + 1);
                return new WorkingTimeOutcome(WorkingTimeResult.Done, $"{year.Year} 年的放假安排导入好了，从现在起的期限按新的算。已经答应的日期不变。");
            }, ct);
            if (outcome.Result == WorkingTimeResult.Done) await map.Reload(ct);
            return outcome;
        }
        catch (DbUpdateConcurrencyException)
        {
            return Overtaken;
        }
    }

    /// <summary>Where a year's days come from, in a sentence.</summary>
    public string Source(int year)
    {
        if (!calendar.Knows(year)) return "还没有导入，只按周末算。";
        return map.Imported.FirstOrDefault(row => row.Year == year) is { } row
            ? $"{row.ImportedBy} {ChineseDate.Minute(row.ImportedAt)} 导入。"
            : "系统自带。";
    }

    private int Known(int year) => map.Imported.FirstOrDefault(row => row.Year == year)?.Version ?? 0;
}
