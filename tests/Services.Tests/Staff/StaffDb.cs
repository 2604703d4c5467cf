using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Tests.Staff;

/// <summary>A real SQLite file for one test, with the accounts it asks for.</summary>
internal sealed class StaffDb : IDbContextFactory<CommunityDb>, IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"wushe-staff-{Guid.NewGuid():N}.db");

    public StaffDb()
    {
        using var db = CreateDbContext();
        db.Database.EnsureCreated();
    }

    public CommunityDb CreateDbContext() =>
        new Context(new DbContextOptionsBuilder<Context>().UseSqlite($"Data Source={_file};Pooling=False").Options);

    public StaffUser Add(string login, string name = "网格员 王", Role role = Role.Grid, Guid unitId = default)
    {
        var staff = new StaffUser
        {
            Id = Guid.NewGuid(),
            UserName = login,
            NormalizedUserName = login.ToUpperInvariant(),
            DisplayName = name,
            Role = role,
            UnitId = unitId,
            SecurityStamp = Guid.NewGuid().ToString(),
        };
        using var db = CreateDbContext();
        db.Users.Add(staff);
        db.SaveChanges();
        return staff;
    }

    public void Change(StaffUser staff, Action<StaffUser> change)
    {
        using var db = CreateDbContext();
        change(db.Users.Single(u => u.Id == staff.Id));
        db.SaveChanges();
    }

    public void Dispose() => File.Delete(_file);

    private sealed class Context(DbContextOptions<Context> options) : CommunityDb(options)
    {
        protected override void ConfigureConventions(ModelConfigurationBuilder conventions) =>
            conventions.Properties<DateTimeOffset>().HaveConversion<DateTimeOffsetToBinaryConverter>();
    }
}
