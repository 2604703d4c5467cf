using MudBlazor;
using WuShe.Dialogs.Understanding;
using WuShe.Services.Cases;
using WuShe.Services.Common;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.ProblemReports;

/// <summary>问题上报: residents report what is wrong in the neighbourhood.</summary>
public sealed class ProblemReportsService : ICommunityService
{
    public void Describe(ServiceDescription service) => service
        .Named("problem-reports", "问题上报")
        .Dialog<ReportProblemDialog>(
            ReportProblemDialog.Name, "问题上报", version: 1,
            opensOn: ["问题上报", "上报问题", "反映问题", "我要反映", "我要反映问题", "报修", "我要报修", "我要上报", "报个修", "投诉", "我要投诉", "有问题要反映", "反映情况", "举报"],
            onMenu: true, reminds: true, takesPictures: true, intents: [Intents.Report], scenes: [Scene.Entrance])
        .ConsolePage("/staff/catalogue", "问题类别", Icons.Material.Outlined.Category)
        .Offers<IProblemReports, ProblemReports>().Offers<IProblemKinds, ProblemKinds>().Offers<ICaseCategories, ProblemKinds>()
        .Owns<CatalogueInUse>().Owns<CatalogueEditing>()
        .Owns<ProblemReports>().Owns<ReportReading>().Owns<PlaceSounding>();
}
