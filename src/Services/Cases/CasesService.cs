using MudBlazor;
using WuShe.Dialogs.Understanding;
using WuShe.Services.Common;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.StaffChat;

namespace WuShe.Services.Cases;

/// <summary>Casework: progress and rating for residents, the inbox for staff.</summary>
public sealed class CasesService : ICommunityService
{
    /// <summary>Six fields begin with seconds.</summary>
    private const string EveryTenSeconds = "*/10 * * * * *";
    private const string EveryTenMinutes = "*/10 * * * *";

    public void Describe(ServiceDescription service) => service
        .Named("cases", "办事进度")
        .Dialog<CheckProgressDialog>(
            CheckProgressDialog.Name, "查进度", version: 1,
            opensOn: ["查进度", "我的事", "进度", "查询进度", "我的报修", "我的上报", "我的案件", "办得怎么样了", "办到哪了", "到哪一步了"],
            opener: typeof(ProgressOpener), onMenu: true, intents: [Intents.Progress, Intents.Mine])
        .Dialog<RateCaseDialog>(
            CaseLetters.RateDialog, "评价办理结果", version: 1,
            opensOn: ["评价", "我要评价"], opener: typeof(RateOpener))
        .Dialog<WithdrawCaseDialog>(
            WithdrawCaseDialog.Name, "撤回", version: 1,
            opensOn: ["撤回", "我要撤回", "撤回案件", "不用办了", "不用修了", "不用来了", "撤销上报", "撤诉"])
        .Dialog<AskLaterDialog>(AskLaterDialog.Name, "办好以后再问一次", version: 1, opensOn: [])
        .ConsolePage("/staff", "案件", Icons.Material.Outlined.Inbox)
        .ConsolePage("/staff/tasks", "回访和子任务", Icons.Material.Outlined.Checklist)
        .ConsolePage("/staff/dashboard", "统计", Icons.Material.Outlined.BarChart)
        .ConsolePage("/staff/templates", "常用语", Icons.Material.Outlined.ShortText)
        .ConsolePage("/staff/to-tell", "要当面告诉的", Icons.Material.Outlined.RecordVoiceOver)
        .Notice(
            CaseLetters.ProgressNotice, "办理进度",
            ("what", "公共照明：路灯不亮"), ("number", "261128-0001"), ("state", "正在处理"), ("who", "网格员 王"), ("time", "2026-11-28 15:01"), ("note", "最晚12月3日前给您答复"))
        .Settings<CaseSettings>("Cases").Settings<CaseDueSettings>("Cases")
        .Offers<ICases, Cases>().Offers<IOwnCases, OwnCases>().Offers<IUnplacedCases, UnplacedCases>().Offers<ICasesOfPerson, CasesOfPerson>()
        .Owns<CaseWork>().Owns<CaseSteps>().Owns<CaseLeading>().Owns<StaffTargets>().Owns<CaseOpening>().Owns<CaseAdditions>().Owns<CaseRatings>().Owns<CaseReading>().Owns<CaseSight>()
        .Offers<IStaffLeaving, CasesOfLeavers>().Owns<CasesOfLeavers>().Offers<IStaffDesk, CaseDesk>().Offers<IStaffGroups, CaseSight>().Offers<IChannel, CaseCards>().Owns<CaseCards>()
        .Owns<NearbyCases>().Owns<CaseFollowing>().Owns<CaseMerging>().Owns<SimilarCases>()
        .Owns<CaseLetters>().Owns<CaseNumbers>().Owns<CaseClock>().Owns<CaseMessages>().Owns<CaseVerification>()
        .Owns<CaseTimetable>().Owns<CaseDueSteps>().Owns<CaseTaskRows>().Owns<CaseTasks>().Owns<CaseRevisits>().Owns<CaseLater>()
        .Job<LookAtDues>(EveryTenSeconds)
        .Owns<SavedViews>().Owns<CaseBulk>().Owns<ReplyTemplates>().Owns<CaseDashboard>().Owns<CaseSheet>().Job<CountCases>(EveryTenMinutes).Job<CasesWithoutOwner>(EveryTenMinutes);
}
