using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.SeedCases;

/// <summary>A centre, five stations, fifty rooms of four grids, and their people.</summary>
internal sealed class Town
{
    private const int Rooms = 50;
    private readonly Dictionary<Guid, Unit> _units = [];
    private readonly Dictionary<Guid, StaffActor> _workers = [];

    public Town(CommunityDb db)
    {
        var centre = Add(db, null, UnitLevel.Centre, "云江区社会工作指导中心");
        Admin = Hire(db, "bench-admin", Role.Admin, centre);
        for (var i = 0; i < 5; i++)
        {
            var station = Add(db, centre, UnitLevel.Station, $"第{i + 1}街道社工站");
            Lead = Hire(db, $"bench-lead{i}", Role.StationLead, station);
            for (var j = 0; j < Rooms / 5; j++) Room(db, station, (i * Rooms / 5) + j);
        }
    }

    public const int Residents = 100_000;
    public StaffActor Admin { get; }
    public StaffActor Lead { get; private set; } = null!;
    public StaffActor Social { get; private set; } = null!;
    public StaffActor Grid { get; private set; } = null!;
    public List<Grid> Grids { get; } = [];

    public Unit Unit(Guid id) => _units[id];

    public StaffActor Worker(Grid grid) => _workers[grid.Id];

    private void Room(CommunityDb db, Unit station, int index)
    {
        var room = Add(db, station, UnitLevel.Room, $"第{index + 1}社区社工室");
        Social = Hire(db, $"bench-social{index}", Role.SocialWorker, room);
        for (var k = 0; k < 4; k++)
        {
            var grid = new Grid { Id = Guid.CreateVersion7(), RoomId = room.Id, Name = $"第{index + 1}社区第{k + 1}网格" };
            Grid = Hire(db, $"bench-grid{index}-{k}", Role.Grid, room);
            grid.WorkerId = Grid.Id;
            _workers[grid.Id] = Grid;
            db.Add(grid);
            Grids.Add(grid);
        }
    }

    private Unit Add(CommunityDb db, Unit? parent, UnitLevel level, string name)
    {
        var unit = new Unit { Id = Guid.CreateVersion7(), ParentId = parent?.Id, Level = level, Name = name };
        db.Add(unit);
        return _units[unit.Id] = unit;
    }

    private static StaffActor Hire(CommunityDb db, string login, Role role, Unit unit)
    {
        var user = new StaffUser
        {
            Id = Guid.CreateVersion7(),
            UserName = login,
            NormalizedUserName = login.ToUpperInvariant(),
            DisplayName = login,
            Role = role,
            UnitId = unit.Id,
            SecurityStamp = login,
        };
        db.Add(user);
        return new StaffActor(user.Id, login, role, unit.Id);
    }
}
