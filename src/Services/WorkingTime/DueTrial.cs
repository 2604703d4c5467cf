using WuShe.Dialogs;
using WuShe.Services.Common.Calendar;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.WorkingTime;

/// <summary>「从现在起 3 个工作日是哪天？」 as the clock of the asker's own unit answers it.</summary>
public sealed class DueTrial(WorkingHours hours, WorkingCalendar calendar, TimeProvider time)
{
    public const int Most = 250;

    /// <summary>A sentence with the date, and a warning when its year's holidays are not known.</summary>
    public WorkingTimeOutcome Ask(int workingDays, StaffActor actor)
    {
        if (workingDays is < 1 or > Most) return new WorkingTimeOutcome(WorkingTimeResult.Refused, $"请写 1 到 {Most} 之间的数。");
        var now = time.GetUtcNow();
        var due = hours.ClockOf(actor.UnitId).DueAfter(now, workingDays);
        var year = BeijingTime.At(due).Year;
        var warning = calendar.Knows(year) ? "" : $"{year} 年的放假安排还没有导入，这个日期只按周末算，可能会变。";
        return new WorkingTimeOutcome(WorkingTimeResult.Done, $"从现在起 {workingDays} 个工作日是 {ChineseDate.Dated(due, now)}，到 {DutyHours.Written(BeijingTime.At(due).TimeOfDay)} 为止。{warning}");
    }
}
