using MudBlazor;
using WuShe.Services.Common;

namespace WuShe.Services.Organisation;

/// <summary>Units, grids and people as staff keep them up to date. Residents never talk to it.</summary>
public sealed class OrganisationService : ICommunityService
{
    public void Describe(ServiceDescription service) => service
        .Named("organisation", "组织")
        .ConsolePage("/staff/organisation", "组织", Icons.Material.Outlined.AccountTree)
        .Owns<OrganisationChanges>().Owns<OrganisationRights>().Owns<OrganisationReading>()
        .Owns<Units>().Owns<GridWork>().Owns<People>().Owns<Leaves>().Owns<Departures>().Owns<OrganisationImport>();
}
