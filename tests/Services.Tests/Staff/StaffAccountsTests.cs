using System.Security.Claims;
using Microsoft.Extensions.Time.Testing;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Staff;

namespace WuShe.Services.Tests.Staff;

public sealed class StaffAccountsTests : IDisposable
{
    private readonly StaffDb _db = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));
    private readonly StaffAccounts _accounts;

    public StaffAccountsTests() => _accounts = new StaffAccounts(_db, _time);

    public void Dispose() => _db.Dispose();

    [Fact]
    public async Task The_actor_is_who_the_record_says()
    {
        var unit = Guid.NewGuid();
        var wang = _db.Add("wang", "网格员 王", Role.Grid, unit);

        Assert.Equal(new StaffActor(wang.Id, "网格员 王", Role.Grid, unit), await _accounts.ActorOf(Session(wang), default));
    }

    [Fact]
    public async Task A_right_taken_away_ends_within_a_minute()
    {
        var sun = _db.Add("sun", "站长 孙", Role.StationLead);
        var session = Session(sun);
        Assert.Equal(Role.StationLead, (await _accounts.ActorOf(session, default))!.Role);

        _db.Change(sun, staff => staff.Role = Role.Grid);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Role.Grid, (await _accounts.ActorOf(session, default))!.Role);
    }

    [Fact]
    public async Task A_closed_account_ends_its_sessions_within_a_minute()
    {
        var wang = _db.Add("wang");
        Assert.NotNull(await _accounts.ActorOf(Session(wang), default));

        _db.Change(wang, staff => staff.LockoutEnd = DateTimeOffset.MaxValue);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await _accounts.ActorOf(Session(wang), default));
    }

    [Fact]
    public async Task Guessing_at_a_password_does_not_end_a_running_session()
    {
        var wang = _db.Add("wang");
        _db.Change(wang, staff => staff.LockoutEnd = _time.GetUtcNow().AddMinutes(10));

        Assert.NotNull(await _accounts.ActorOf(Session(wang), default));
    }

    [Fact]
    public async Task A_new_security_stamp_ends_older_sessions_at_once_where_it_is_made()
    {
        var wang = _db.Add("wang");
        var session = Session(wang);
        Assert.NotNull(await _accounts.ActorOf(session, default));

        _db.Change(wang, staff => staff.SecurityStamp = "fresh");
        _accounts.Forget(wang.Id);
        Assert.Null(await _accounts.ActorOf(session, default));
    }

    [Fact]
    public async Task Nobody_is_no_actor()
    {
        Assert.Null(await _accounts.ActorOf(new ClaimsPrincipal(new ClaimsIdentity()), default));
        Assert.Null(await _accounts.ActorOf(Session(new StaffUser { Id = Guid.NewGuid(), DisplayName = "", SecurityStamp = "x" }), default));
    }

    private static ClaimsPrincipal Session(StaffUser staff) => new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, staff.Id.ToString()), new(StaffAccounts.StampClaim, staff.SecurityStamp!)], "test"));
}
