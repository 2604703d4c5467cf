using MudBlazor;
using WuShe.Services.Common;
using WuShe.Services.Common.StaffChat;

namespace WuShe.Services.GroupChat;

/// <summary>The staff chat that needs nothing but the console: one group for each unit.</summary>
public sealed class GroupChatService : ICommunityService
{
    public void Describe(ServiceDescription service) => service
        .Named("group-chat", "工作群")
        .ConsolePage("/staff/chat", "工作群", Icons.Material.Outlined.Forum)
        .Offers<IStaffChat, ConsoleGroups>()
        .Owns<GroupPosts>();
}
