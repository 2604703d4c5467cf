using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Common.Alarms;

/// <summary>Alarms as admins see them in the console. Nobody else has any.</summary>
public sealed class AlarmDesk(IAlarmBoard board, IEnumerable<IAlarmSource> sources, IWake wake)
{
    public async Task<IReadOnlyList<Alarm>> Current(StaffActor actor) => actor.Role == Role.Admin ? await board.Current() : [];

    /// <summary>The admin has looked after it: it goes, and what it held up goes on. False for anybody else.</summary>
    public async Task<bool> Dealt(string key, StaffActor actor)
    {
        if (actor.Role != Role.Admin) return false;
        await board.Clear(key);
        foreach (var source in sources) await source.Dealt(key);
        wake.Outbox();
        return true;
    }
}
