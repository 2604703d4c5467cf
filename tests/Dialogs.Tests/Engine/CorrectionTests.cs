using WuShe.Dialogs.Routing;

namespace WuShe.Dialogs.Tests.Engine;

/// <summary>Which messages mend an earlier answer, and what they say is wrong and right.</summary>
public sealed class CorrectionTests
{
    [Theory]
    [InlineData("不是3栋，是5栋", "3栋", "5栋")]
    [InlineData("不是3栋是5栋", "3栋", "5栋")]
    [InlineData("哦搞错了，不是3栋得,是5栋", "3栋", "5栋")]
    [InlineData("是5栋,不是3栋", "3栋", "5栋")]
    [InlineData("把3栋改成5栋", "3栋", "5栋")]
    [InlineData("帮我把地址改成5栋2单元嘛", "地址", "5栋2单元")]
    [InlineData("说错了，是5栋", "", "5栋")]
    [InlineData("刚才搞拐了,应该是5栋", "", "5栋")]
    [InlineData("地址错了", "地址", "")]
    [InlineData("电话写错咯", "电话", "")]
    [InlineData("位置不对，是5栋", "位置", "5栋")]
    public void Corrections_are_read(string said, string wrong, string right) => Assert.Equal(new Correction(wrong, right), Correction.Read(said));

    [Theory]
    [InlineData("3栋2单元")]
    [InlineData("楼道灯坏了三天了")]
    [InlineData("确认提交")]
    [InlineData("不晓得")]
    [InlineData("是")]
    [InlineData("没有照片")]
    [InlineData("")]
    public void Answers_are_no_corrections(string said) => Assert.Null(Correction.Read(said));
}
