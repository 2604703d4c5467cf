using QRCoder;
using WuShe.Services.Common;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Places;

/// <summary>The code for one entrance: its picture as SVG, or why there is none.</summary>
public sealed record EntranceCode(string Place, string? Content, string? Svg, string Refusal);

/// <summary>Codes to hang at entrances: who scans one reports a problem, and the place is known already.</summary>
public sealed class EntranceCodes(PlaceTeaching teaching, ISceneCodes codes)
{
    private const int PixelsPerModule = 4;

    /// <summary>The accounts that people may talk to by scanning.</summary>
    public IReadOnlyList<string> Accounts => codes.Accounts;

    /// <summary>A sheet for the buildings and landmarks of a grid of the actor's unit; empty for every other grid.</summary>
    public async Task<IReadOnlyList<EntranceCode>> Sheet(string account, Guid grid, StaffActor actor, CancellationToken ct)
    {
        var chosen = (await teaching.Grids(actor, ct)).FirstOrDefault(one => one.Id == grid);
        if (chosen is null) return [];
        var sheet = new List<EntranceCode>();
        foreach (var building in chosen.Buildings)
        {
            var code = await codes.Of(account, Scene.OfEntrance(building.Id), ct);
            sheet.Add(new EntranceCode(building.Name, code.Content, code.Content is { } content ? Draw(content) : null, code.Refusal));
            // What is refused for one is refused for all, and the platform need not be asked so often.
            if (code.Content is null) break;
        }

        return sheet;
    }

    /// <summary>A quarter of the picture may be scratched or wet and it is still read.</summary>
    private static string Draw(string content)
    {
        using var data = QRCodeGenerator.GenerateQrCode(content, QRCodeGenerator.ECCLevel.Q);
        using var picture = new SvgQRCode(data);
        return picture.GetGraphic(PixelsPerModule, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }
}
