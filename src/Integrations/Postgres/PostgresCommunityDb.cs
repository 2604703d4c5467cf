using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using WuShe.Services.Common.Data;

namespace WuShe.Integrations.Postgres;

/// <summary>The record in PostgreSQL. Times are timestamptz, written as UTC.</summary>
public sealed class PostgresCommunityDb(DbContextOptions<PostgresCommunityDb> options) : CommunityDb(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Utc>();

    // Npgsql refuses a timestamptz with another offset than zero.
    private sealed class Utc() : ValueConverter<DateTimeOffset, DateTimeOffset>(time => time.ToUniversalTime(), time => time);
}

/// <summary>For <c>dotnet ef</c> only.</summary>
internal sealed class PostgresDesign : IDesignTimeDbContextFactory<PostgresCommunityDb>
{
    public PostgresCommunityDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresCommunityDb>().UseNpgsql("Host=design").Options);
}
