using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Common.Staff;

internal sealed class StaffSchema : IEntityTypeConfiguration<SignInLink>
{
    public void Configure(EntityTypeBuilder<SignInLink> link)
    {
        link.ToTable("SignInLinks");
        link.Property(l => l.Id).ValueGeneratedNever();
        link.Property(l => l.TokenHash).HasMaxLength(32);
        link.HasIndex(l => l.TokenHash).IsUnique();
        link.HasOne<StaffUser>().WithMany().HasForeignKey(l => l.StaffId).OnDelete(DeleteBehavior.Cascade);
    }
}
