using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs.Engine;
using WuShe.Services.Common;
using WuShe.Services.Common.Calendar;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Residency;
using WuShe.Services.Common.Routing;

namespace WuShe.Services.Cases;

/// <summary>Opens cases: number, case, log, pictures and the notice to the one responsible, once per key.</summary>
public sealed class CaseOpening(
    ITransactions transactions, IRouting routing, CaseClock clock, CaseTimetable timetable, CaseNumbers numbers, CaseCards cards, IConsoleFeed feed)
{
    private const int Tries = 3;

    public async Task<OpenedCase> Open(NewCase opening, Resident resident, IdempotencyKey key, CancellationToken ct)
    {
        var question = new RouteQuestion(opening.Category, opening.Place, resident.Conversation.Channel, clock.Now) { Scope = Code(opening.Rules.Scope) };
        var route = await routing.Route(question, ct);
        for (var attempt = 1; ; attempt++)
        {
            var now = clock.Now;
            var number = await numbers.Next(now, ct);
            try
            {
                var opened = await transactions.Once(
                    key, (db, token) => Write(db, number, opening, route, resident, now, token), ct);
                feed.CaseChanged(opened.Number);
                cards.Opened(route.Responsible.UnitId);
                return opened;
            }
            catch (DbUpdateException) when (attempt < Tries)
            {
                // A restored database may count from where it was: the unique index refuses a number given out before.
            }
        }
    }

    private async Task<OpenedCase> Write(
        CommunityDb db, string number, NewCase opening, RouteTaken route, Resident resident, DateTimeOffset now, CancellationToken ct)
    {
        await Residents.Met(db, resident.Conversation, now, ct);
        var responsible = route.Responsible;
        var dueAt = opening.Within is { } within ? now + within : clock.DueAfter(now, opening.LimitWorkingDays, responsible.UnitId);
        var opened = Case.Open(number, opening, resident.Conversation, now, dueAt);
        opened.Dispatch(responsible, now, route.Reason.TrimEnd('。'));
        db.Add(opened);
        await timetable.Keep(db, opened, ct);
        db.Add(StaffNotice.About(opened, $"新的{opened.Kind}：{opened.Title}", now));
        cards.Open(db, opened, responsible.StaffName);
        return new OpenedCase(number, responsible.StaffName ?? CaseWords.Duty(responsible.UnitName), dueAt);
    }

    private static string Code(CaseScope scope) => scope switch
    {
        CaseScope.Government => "government",
        CaseScope.Community => "community",
        CaseScope.Private => "private",
        _ => "",
    };
}
