using MudBlazor;
using WuShe.Services.Common;
using WuShe.Services.Common.Calendar;

namespace WuShe.Services.WorkingTime;

/// <summary>Days off and duty hours: what every promised date is counted by. The clock itself is <see cref="IWorkingHours"/>.</summary>
public sealed class WorkingTimeService : ICommunityService
{
    public void Describe(ServiceDescription service) => service
        .Named("working-time", "放假和上班时间")
        .ConsolePage("/staff/calendar", "放假和上班时间", Icons.Material.Outlined.CalendarMonth)
        .Settings<WorkingTimeSettings>("WorkingTime")
        .Owns<HolidayImports>().Owns<UnitHours>().Owns<DueTrial>();
}
