using MudBlazor;
using WuShe.Services.Common;
using WuShe.Services.Common.Routing;

namespace WuShe.Services.Routing;

/// <summary>Who gets what: rules that staff edit. Residents never talk to it.</summary>
public sealed class RoutingService : ICommunityService
{
    public void Describe(ServiceDescription service) => service
        .Named("routing", "派单规则")
        .ConsolePage("/staff/routing", "派单规则", Icons.Material.Outlined.AltRoute)
        .Offers<IRouting, Router>().Offers<IRouteDuty, RouteDuty>()
        .Owns<RouteBook>().Owns<RoutingRules>().Owns<RouteTest>();
}
