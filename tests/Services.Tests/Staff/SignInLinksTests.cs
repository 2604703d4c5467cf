using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using WuShe.Services.Common.Staff;

namespace WuShe.Services.Tests.Staff;

public sealed class SignInLinksTests : IDisposable
{
    private readonly StaffDb _db = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));
    private readonly SignInLinks _links;

    public SignInLinksTests() => _links = new SignInLinks(_db, _time);

    public void Dispose() => _db.Dispose();

    [Fact]
    public async Task A_link_signs_in_once()
    {
        var wang = _db.Add("wang");
        var token = await Issue("wang");

        Assert.Equal(wang.Id, (await _links.Redeem(token, default))?.Id);
        Assert.Null(await _links.Redeem(token, default));
    }

    [Fact]
    public async Task Looking_at_a_link_does_not_use_it()
    {
        var wang = _db.Add("wang");
        var token = await Issue("wang");

        Assert.Equal(wang.Id, (await _links.Peek(token, default))?.Id);
        Assert.Equal(wang.Id, (await _links.Peek(token, default))?.Id);
        Assert.NotNull(await _links.Redeem(token, default));
        Assert.Null(await _links.Peek(token, default));
    }

    [Fact]
    public async Task Of_many_at_once_exactly_one_gets_in()
    {
        _db.Add("wang");
        for (var round = 0; round < 5; round++)
        {
            var token = await Issue("wang");
            using var start = new ManualResetEventSlim();
            var tries = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
            {
                start.Wait();
                return await _links.Redeem(token, default);
            })).ToList();
            start.Set();

            Assert.Single(await Task.WhenAll(tries), staff => staff is not null);
        }
    }

    [Fact]
    public async Task A_link_expires_after_fifteen_minutes()
    {
        _db.Add("wang");
        var token = await Issue("wang");

        _time.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1));
        Assert.NotNull(await _links.Peek(token, default));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await _links.Peek(token, default));
        Assert.Null(await _links.Redeem(token, default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task An_unknown_token_opens_nothing(string token)
    {
        _db.Add("wang");
        await Issue("wang");

        Assert.Null(await _links.Peek(token, default));
        Assert.Null(await _links.Redeem(token, default));
    }

    [Fact]
    public async Task Nobody_gets_a_link_for_an_unknown_or_closed_account()
    {
        var left = _db.Add("left");
        _db.Change(left, staff => staff.LockoutEnd = DateTimeOffset.MaxValue);

        Assert.Null(await _links.Issue("nobody", default));
        Assert.Null(await _links.Issue("left", default));
    }

    [Fact]
    public async Task A_link_dies_with_its_account()
    {
        var wang = _db.Add("wang");
        var token = await Issue("wang");
        _db.Change(wang, staff => staff.LockoutEnd = DateTimeOffset.MaxValue);

        Assert.Null(await _links.Redeem(token, default));
    }

    [Fact]
    public async Task The_record_keeps_a_hash_only_and_drops_what_is_dead()
    {
        _db.Add("wang");
        var used = await Issue("wang");
        await _links.Redeem(used, default);
        var token = await Issue(" Wang ");

        await using var db = _db.CreateDbContext();
        var kept = Assert.Single(await db.Set<SignInLink>().ToListAsync());
        Assert.Equal(32, kept.TokenHash.Length);
        Assert.Equal(43, token.Length);
        Assert.NotEqual(used, token);
    }

    private async Task<string> Issue(string login) => (await _links.Issue(login, default))!;
}
