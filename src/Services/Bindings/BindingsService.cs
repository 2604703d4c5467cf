using WuShe.Services.Common;

namespace WuShe.Services.Bindings;

/// <summary>绑定: one resident on WeChat and in the web chat.</summary>
public sealed class BindingsService : ICommunityService
{
    public void Describe(ServiceDescription service) => service
        .Named("bindings", "绑定")
        .Dialog<BindDialog>(
            BindDialog.Name, "绑定", version: 1,
            opensOn: ["我要绑定", "绑定微信", "绑定网页", "绑定账号", "绑定公众号"], opener: typeof(BindOpener))
        .Dialog<UnbindDialog>(UnbindDialog.Name, UnbindDialog.Word, version: 1, opensOn: ["解绑", "我要解绑", "取消绑定", "断开绑定"])
        .Settings<BindingSettings>("Bindings")
        .Offers<IBindings, Bindings>();
}
