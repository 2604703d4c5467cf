using MudBlazor;
using WuShe.Services.Common;

namespace WuShe.Services.Places;

/// <summary>What staff teach about places. Residents never talk to it: they see that the next report finds its way.</summary>
public sealed class PlacesService : ICommunityService
{
    public void Describe(ServiceDescription service) => service
        .Named("places", "地名")
        .ConsolePage("/staff/places", "地名", Icons.Material.Outlined.Place)
        .ConsolePage("/staff/places/codes", "楼栋二维码", Icons.Material.Outlined.QrCode2)
        .Offers<IPlaceTeaching, PlaceTeaching>()
        .Owns<PlaceAliases>().Owns<PlaceTeaching>().Owns<EntranceCodes>();
}
