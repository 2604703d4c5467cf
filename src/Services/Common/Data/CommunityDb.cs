using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Common.Data;

/// <summary>
/// The record. Each table is mapped in the folder of the service that owns it (<c>…Schema.cs</c>); the two providers
/// derive from this class for their own migrations. All times are UTC.
/// </summary>
public abstract class CommunityDb(DbContextOptions options) : IdentityUserContext<StaffUser, Guid>(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(CommunityDb).Assembly);
    }
}
