using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using WuShe.Services.Common.Data;

namespace WuShe.Integrations.Sqlite;

/// <summary>The record in one file. Times are stored as UTC ticks, so that they sort.</summary>
public sealed class SqliteCommunityDb(DbContextOptions<SqliteCommunityDb> options) : CommunityDb(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();

    private sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(
        time => time.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}

/// <summary>For <c>dotnet ef</c> only.</summary>
internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteCommunityDb>
{
    public SqliteCommunityDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteCommunityDb>().UseSqlite("Data Source=design.db").Options);
}
