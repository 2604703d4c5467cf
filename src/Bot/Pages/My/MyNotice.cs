using Microsoft.AspNetCore.Http.HttpResults;

namespace WuShe.Bot.Pages.My;

/// <summary>Pages of a few words and one button, for when a resident's page cannot be shown.</summary>
internal static class MyNotice
{
    /// <summary>The same for a number that nobody has and for somebody else's.</summary>
    public static IResult NoSuchCase() =>
        Page(StatusCodes.Status404NotFound, "没有查到这个编号", "请看看号码对不对。也可能是用另一个微信、另一部手机反映的。", MyPages.Path, "看我的事");

    public static IResult NothingHere() => Page(StatusCodes.Status404NotFound, "没有这一页", "链接可能不完整。", MyPages.Path, "看我的事");

    public static IResult NotFromHere() => Page(
        StatusCodes.Status403Forbidden,
        "请从聊天里打开",
        "这一页只给您本人看，现在认不出是您。请在微信里点我们发给您的链接；用网页聊天的，请先打开聊天，再点下面的「我的事」。",
        "/chat", "打开网页聊天", recognise: true);

    public static IResult Again(string to) =>
        Page(StatusCodes.Status400BadRequest, "刚才没认出您", "可能是等得久了一点，或者点了两次。再点一次就好。", to, "再试一次");

    public static IResult Cancelled(string to) =>
        Page(StatusCodes.Status403Forbidden, "您没有同意", "不同意，我们就认不出您，也看不到您的事。我们只认出是您，不看您的头像和名字。", to, "再试一次");

    public static IResult Preview(string to) =>
        Page(StatusCodes.Status403Forbidden, "现在是预览", "请点页面下面的「使用完整服务」，再点一次。", to, "再试一次");

    public static IResult Busy(string to) =>
        Page(StatusCodes.Status503ServiceUnavailable, "现在打不开", "微信那边没有回应。请过一会儿再点一次。", to, "再试一次");

    /// <param name="status">The status of the answer.</param>
    /// <param name="title">What is the matter, in a few words.</param>
    /// <param name="words">What to do about it.</param>
    /// <param name="to">Where the button leads: a path of ours.</param>
    /// <param name="button">What it says.</param>
    /// <param name="recognise">Whether the browser may be known by the web chat's token: then the page is loaded again with it.</param>
    private static RazorComponentResult<MyNoticePage> Page(int status, string title, string words, string to, string button, bool recognise = false) =>
        new(new { Title = title, Words = words, To = to.TrimStart('/'), Button = button, Recognise = recognise }) { StatusCode = status };
}
