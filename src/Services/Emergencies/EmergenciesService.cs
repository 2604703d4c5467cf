using WuShe.Services.Common;

namespace WuShe.Services.Emergencies;

/// <summary>紧急求助: words of danger alert the staff on duty before anything else is asked.</summary>
public sealed class EmergenciesService : ICommunityService
{
    public void Describe(ServiceDescription service) => service
        .Named("emergencies", "紧急求助")
        .Dialog<EmergencyDialog>(EmergencyDialog.Name, "紧急求助", version: 1, opensOn: [], alarms: true)
        .Owns<Emergencies>();
}
