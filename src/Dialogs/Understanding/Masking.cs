using System.Text.RegularExpressions;

namespace WuShe.Dialogs.Understanding;

/// <summary>
/// Takes out of words what tells who somebody is: telephone, identity and bank numbers, addresses of mail, number plates, names
/// after 我叫/我是, the room behind building and unit. What the words are about stays.
/// </summary>
public static partial class Masking
{
    /// <summary>The same words with ＊ in place of what is personal.</summary>
    public static string Mask(string text)
    {
        var masked = Mail().Replace(text, "＊@＊");
        masked = Plate().Replace(masked, "＊车牌＊");
        masked = Room().Replace(masked, "$1＊");
        masked = NamedRoom().Replace(masked, "＊$1");
        masked = Long().Replace(masked, "＊");
        return Name().Replace(masked, "$1＊");
    }

    [GeneratedRegex(@"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", RegexOptions.CultureInvariant)]
    private static partial Regex Mail();

    [GeneratedRegex(@"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][A-Z0-9·]{5,7}", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Plate();

    // 3-2-501, 3栋2单元501: the building stays, the door goes.
    [GeneratedRegex(@"((?:\d{1,2}\s*[-－—]\s*\d{1,2}\s*[-－—]\s*)|(?:单元\s*))\d{2,4}", RegexOptions.CultureInvariant)]
    private static partial Regex Room();

    [GeneratedRegex(@"\d{3,4}(室|号房|房间)", RegexOptions.CultureInvariant)]
    private static partial Regex NamedRoom();

    // Seven digits and more, however they are spaced: telephones, identity cards (with a final X), bank cards. Case numbers too.
    [GeneratedRegex(@"\+?\d(?:[\s-]?\d){6,}[xX]?", RegexOptions.CultureInvariant)]
    private static partial Regex Long();

    [GeneratedRegex(@"(我叫|名字叫|姓名[是:：]?\s*|本人)[\p{IsCJKUnifiedIdeographs}]{2,3}", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
