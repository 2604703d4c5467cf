using WuShe.Dialogs.Understanding;

namespace WuShe.Dialogs.Tests.Understanding;

public sealed class MaskingTests
{
    [Theory]
    [InlineData("电话13812345678", "电话＊")]
    [InlineData("138 1234 5678 找我", "＊ 找我")]
    [InlineData("身份证51010219500101123X", "身份证＊")]
    [InlineData("3栋2单元501灯坏了", "3栋2单元＊灯坏了")]
    [InlineData("3-2-501漏水", "3-2-＊漏水")]
    [InlineData("我住1204室", "我住＊室")]
    [InlineData("渝A12345占了车位", "＊车牌＊占了车位")]
    [InlineData("写给zhang.san@example.com", "写给＊@＊")]
    [InlineData("我叫李大爷，灯坏了", "我叫＊，灯坏了")]
    [InlineData("261123-0007办得咋样了", "＊办得咋样了")]
    [InlineData("灯坏了3天，120平的房子", "灯坏了3天，120平的房子")]
    public void What_tells_who_somebody_is_goes(string said, string masked) => Assert.Equal(masked, Masking.Mask(said));
}
