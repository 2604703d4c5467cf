using System.Text.RegularExpressions;

namespace WuShe.Dialogs.Routing;

/// <summary>
/// An earlier answer mended in words of one's own: 「不是3栋，是5栋」「地址错了」「搞错了，是5栋」「把照明改成供电」.
/// What is not said is empty.
/// </summary>
/// <param name="Wrong">What was wrong: a part of the earlier answer, or what it is called (地址).</param>
/// <param name="Right">What it should be.</param>
internal sealed partial record Correction(string Wrong, string Right)
{
    private const int Longest = 60;

    /// <summary>Reads a whole message; null when it corrects nothing.</summary>
    public static Correction? Read(string text)
    {
        if (text.Length > Longest) return null;
        foreach (var form in Forms)
            if (form.Match(text) is { Success: true } match)
                return new Correction(Trim(match.Groups["wrong"].Value), Trim(match.Groups["right"].Value));
        return null;
    }

    private static readonly Regex[] Forms = [NotThisButThat(), ThisNotThat(), ChangedTo(), NameIsWrong(), Mistaken()];

    private static string Trim(string words) => words.Trim(' ', ',', '，', '。', '!', '！', '、', '了', '哈', '哟', '嘛', '哦', '啊', '呀');

    private const string Before = @"^(?:哦|噢|喔|哎呀?|啊|嗯|那个|就是|等一?下|不对|错了|说错了|搞错了|搞拐了|对不起|不好意思|刚才|刚刚|我|[,，。!！\s])*";

    [GeneratedRegex(Before + @"(?:不是|不在|没在)(?<wrong>[^,，。;；是在]{1,20}?)(?:得|的|哈|哟|嘞)?[,，。;；\s]*(?:而|应该|其实|嘞)*(?:是|在)(?<right>[^,，。？?吗没]{1,30})[。!！]*$")]
    private static partial Regex NotThisButThat();

    [GeneratedRegex(Before + @"(?:应该)?(?:是|在)(?<right>[^,，。？?是]{1,30}?)[,，。\s]*(?:不是|不在)(?<wrong>[^,，。？?]{1,20})[。!！]*$")]
    private static partial Regex ThisNotThat();

    [GeneratedRegex(Before + @"(?:帮我|给我|请|麻烦|能不能|可以|想|要)*把?(?<wrong>.{1,20}?)(?:改成|改为|换成|改到|改做)(?<right>.{1,40}?)[吗嘛吧？?。!！]*$")]
    private static partial Regex ChangedTo();

    [GeneratedRegex(Before + @"(?<wrong>地点|位置|地址|地方|楼号|照片|图片|类别|类型|种类|说明|描述|情况|内容|电话|手机号?|号码|时间|日期|姓名|名字)(?:也|都|又)?(?:说|写|填|搞|弄|选|发|打)?(?:错|拐|不对|不是这个|有误|有问题)(?:了|咯|啰|的|啦)?(?:[,，。\s]+(?:应该|其实)?(?:是|在)?(?<right>.{1,40}))?[。!！]*$")]
    private static partial Regex NameIsWrong();

    [GeneratedRegex(@"^(?:哦|哎呀?|啊|那个|等一?下|不好意思|对不起|[,，。!！\s])*我?(?:刚才|刚刚|前头)?(?:说|搞|打|写|弄|记|填|发)(?:错|拐)(?:了|咯|啰|啦)[,，。!！\s]*(?:应该|其实)?(?:是|在)(?<right>.{1,40}?)[。!！]*$")]
    private static partial Regex Mistaken();
}
