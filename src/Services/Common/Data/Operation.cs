using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WuShe.Services.Common.Data;

/// <summary>An act that was done, by the key that names it, with the result it gave.</summary>
internal sealed class Operation
{
    public required string Key { get; init; }
    public required string ResultJson { get; init; }
    public DateTimeOffset At { get; init; }
}

internal sealed class OperationSchema : IEntityTypeConfiguration<Operation>
{
    public void Configure(EntityTypeBuilder<Operation> entity)
    {
        entity.ToTable("Operations");
        entity.HasKey(o => o.Key);
        entity.HasIndex(o => o.At);
    }
}
