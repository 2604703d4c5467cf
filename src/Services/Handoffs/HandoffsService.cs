using WuShe.Services.Common;

namespace WuShe.Services.Handoffs;

/// <summary>找工作人员: leaves a message for the staff on duty and promises when it is answered.</summary>
public sealed class HandoffsService : ICommunityService
{
    public void Describe(ServiceDescription service) => service
        .Named("handoffs", "找工作人员")
        .Dialog<HandoffDialog>(HandoffDialog.Name, "找工作人员", version: 1, opensOn: ["留言", "我要留言", "给社区留言"], onMenu: true, handsOver: true)
        .Owns<Handoffs>();
}
