using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs.Engine;
using WuShe.Services.Common;
using WuShe.Services.Common.Calendar;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Residency;

namespace WuShe.Services.Cases;

/// <summary>Opens cases: number, case, log, pictures and the notice to the one responsible, once per key.</summary>
public sealed class CaseOpening(
    ITransactions transactions, IOrganisation organisation, CaseClock clock, CaseNumbers numbers, CaseCards cards, IConsoleFeed feed)
{
    private const int Tries = 3;

    public async Task<OpenedCase> Open(NewCase opening, Resident resident, IdempotencyKey key, CancellationToken ct)
    {
        var responsible = await organisation.ResponsibleFor(opening.Place.GridId, resident.Conversation.Channel, ct);
        for (var attempt = 1; ; attempt++)
        {
            var now = clock.Now;
            var number = await numbers.Next(now, ct);
            try
            {
                var opened = await transactions.Once(
                    key, (db, token) => Write(db, number, opening, responsible, resident, now, token), ct);
                feed.CaseChanged(opened.Number);
                cards.Opened(responsible.UnitId);
                return opened;
            }
            catch (DbUpdateException) when (attempt < Tries)
            {
                // A restored database may count from where it was: the unique index refuses a number given out before.
            }
        }
    }

    private async Task<OpenedCase> Write(
        CommunityDb db, string number, NewCase opening, Responsible responsible, Resident resident, DateTimeOffset now, CancellationToken ct)
    {
        await Residents.Met(db, resident.Conversation, now, ct);
        var dueAt = opening.Within is { } within ? now + within : clock.DueAfter(now, opening.LimitWorkingDays, responsible.UnitId);
        var opened = Case.Open(number, opening, resident.Conversation, now, dueAt);
        opened.Dispatch(responsible, now);
        db.Add(opened);
        db.Add(StaffNotice.About(opened, $"新的{opened.Kind}：{opened.Title}", now));
        cards.Open(db, opened, responsible.StaffName);
        return new OpenedCase(number, responsible.StaffName ?? CaseWords.Duty(responsible.UnitName), dueAt);
    }
}
