using Microsoft.Extensions.Time.Testing;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Staff;

namespace WuShe.Services.Tests.Staff;

public sealed class StaffIdentitiesTests : IDisposable
{
    private readonly StaffDb _db = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));
    private readonly StaffIdentities _identities;

    public StaffIdentitiesTests() => _identities = new StaffIdentities(_db, _time);

    public void Dispose() => _db.Dispose();

    [Fact]
    public async Task An_id_is_one_person_whatever_its_case()
    {
        var wang = _db.Add("wang");
        Assert.Null(await _identities.Bind(StaffIdentities.WeCom, "WangWei", "wang", default));
        Assert.Equal(wang.Id, (await _identities.Actor(StaffIdentities.WeCom, "wangwei", default))!.Id);
        Assert.Equal(wang.Id, (await _identities.Find(StaffIdentities.WeCom, "WANGWEI", default))!.Id);
        Assert.Null(await _identities.Find("another", "wangwei", default));
        Assert.Null(await _identities.Find(StaffIdentities.WeCom, "wang", default));
        Assert.Null(await _identities.Find(StaffIdentities.WeCom, "", default));
    }

    [Fact]
    public async Task A_person_has_one_id_and_an_id_one_person()
    {
        _db.Add("wang");
        _db.Add("zhao", "网格员 赵");
        await _identities.Bind(StaffIdentities.WeCom, "old", "wang", default);
        Assert.Null(await _identities.Bind(StaffIdentities.WeCom, "new", "wang", default));
        Assert.Null(await _identities.Bind(StaffIdentities.WeCom, "new", "wang", default));
        Assert.Null(await _identities.Find(StaffIdentities.WeCom, "old", default));
        Assert.Contains("另一位", await _identities.Bind(StaffIdentities.WeCom, "NEW", "zhao", default), StringComparison.Ordinal);
        Assert.Contains("没有登录名", await _identities.Bind(StaffIdentities.WeCom, "x", "nobody", default), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_account_is_nobody()
    {
        var unit = Guid.NewGuid();
        var wang = _db.Add("wang", unitId: unit);
        await _identities.Bind(StaffIdentities.WeCom, "wangwei", "wang", default);
        Assert.Single((await _identities.OfUnit(StaffIdentities.WeCom, unit, default)).Members);
        _db.Change(wang, staff => staff.LockoutEnd = DateTimeOffset.MaxValue);
        Assert.Null(await _identities.Find(StaffIdentities.WeCom, "wangwei", default));
        Assert.Empty((await _identities.OfUnit(StaffIdentities.WeCom, unit, default)).Members);
        Assert.NotNull(await _identities.Bind(StaffIdentities.WeCom, "other", "wang", default));
    }
}
