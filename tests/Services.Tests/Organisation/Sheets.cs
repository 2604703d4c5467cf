using System.Globalization;
using System.Linq.Expressions;
using System.Text;
using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Organisation;
using WuShe.Services.Tests.Cases;

namespace WuShe.Services.Tests.Organisation;

/// <summary>What tests of the organisation put into a world, and sheets written as text.</summary>
internal static class Sheets
{
    /// <summary>One sheet of several csv texts, each with its own titles; lines are separated by |.</summary>
    public static OrganisationSheet Of(params string[] texts)
    {
        var read = texts.Select(text => SheetReader.Read(Encoding.UTF8.GetBytes(text.Replace('|', '\n')))).ToList();
        return new OrganisationSheet([.. read.SelectMany(sheet => sheet.Rows)], read.Select(sheet => sheet.Refusal).FirstOrDefault(refusal => refusal is not null));
    }

    /// <summary>GeoJSON of a square; degrees.</summary>
    public static string Square(double west, double south, double size) => Ring((west, south), (west + size, south), (west + size, south + size), (west, south + size));

    public static string Ring(params (double X, double Y)[] points) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"type":"Polygon","coordinates":[[{{string.Join(',', points.Append(points[0]).Select(point => string.Create(CultureInfo.InvariantCulture, $"[{point.X:0.######},{point.Y:0.######}]")))}}]]}""");

    /// <summary>A cell of csv with commas and quotes in it.</summary>
    public static string Cell(string words) => $"\"{words.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static StaffUser Staff(string login, string name, Role role, Guid unit) => new()
    {
        Id = Guid.CreateVersion7(),
        UserName = login,
        NormalizedUserName = login.ToUpperInvariant(),
        DisplayName = name,
        Role = role,
        UnitId = unit,
        SecurityStamp = "old",
    };

    public static Grid Inner(this CaseWorld world, Grid around, string name, Guid? worker) =>
        new() { Id = Guid.CreateVersion7(world.Time.GetUtcNow()), RoomId = around.RoomId, ParentId = around.Id, Name = name, WorkerId = worker };

    public static async Task Save(this CaseWorld world, params object[] rows)
    {
        await using var db = world.CreateDbContext();
        db.AddRange(rows);
        await db.SaveChangesAsync();
        await world.Get<OrganisationMap>().Reload(default);
    }

    public static Task Change<T>(this CaseWorld world, Guid id, Action<T> change) where T : class =>
        world.Change(row => EF.Property<Guid>(row, "Id") == id, change);

    public static async Task Change<T>(this CaseWorld world, Expression<Func<T, bool>> which, Action<T> change) where T : class
    {
        await using var db = world.CreateDbContext();
        change(await db.Set<T>().AsTracking().SingleAsync(which));
        await db.SaveChangesAsync();
        await world.Get<OrganisationMap>().Reload(default);
    }

    public static async Task<T> Row<T>(this CaseWorld world, Guid id) where T : class
    {
        await using var db = world.CreateDbContext();
        return await db.Set<T>().AsNoTracking().SingleAsync(row => EF.Property<Guid>(row, "Id") == id);
    }

    public static Task OnLeave(this CaseWorld world, StaffActor who, TimeSpan after, TimeSpan lasts, StaffActor? substitute) => world.Save(new StaffLeave
    {
        Id = Guid.CreateVersion7(),
        StaffId = who.Id,
        From = world.Time.GetUtcNow() + after,
        Until = world.Time.GetUtcNow() + after + lasts,
        SubstituteId = substitute?.Id,
    });

    public static async Task<(Guid Unit, Guid? Staff)> Responsible(this CaseWorld world, Guid grid) =>
        await world.Get<IOrganisation>().ResponsibleFor(grid, default) is var found ? (found.UnitId, found.StaffId) : default;
}
