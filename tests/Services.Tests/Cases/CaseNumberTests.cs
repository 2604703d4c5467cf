using WuShe.Services.Cases;

namespace WuShe.Services.Tests.Cases;

public sealed class CaseNumberTests
{
    [Theory]
    [InlineData("260302-0001", "260302-0001")]
    [InlineData("编号260302-0001办得怎么样了", "260302-0001")]
    [InlineData("260302—0001", "260302-0001")]
    [InlineData("2603020001", "260302-0001")]
    [InlineData("260302 - 12345", "260302-12345")]
    [InlineData("\uFF12\uFF16\uFF10\uFF13\uFF10\uFF12\uFF0D\uFF10\uFF10\uFF10\uFF11", "260302-0001")]
    public void A_number_is_found_however_it_is_typed(string words, string number) => Assert.Equal(number, CaseNumber.In(words));

    [Theory]
    [InlineData("13101234567")]
    [InlineData("269902-0001")]
    [InlineData("500112199001011234")]
    [InlineData("0001")]
    [InlineData("3栋2单元")]
    public void Other_numbers_are_none(string words) => Assert.Null(CaseNumber.In(words));

    [Fact]
    public void A_lone_number_opens_progress_before_anything_else()
    {
        var opener = new ProgressOpener();
        Assert.True(opener.Opens("260302-0001") > opener.Opens("我那个260302-0001怎么样了"));
        Assert.Equal(0, opener.Opens("3栋2单元楼道灯坏了三天了，没人来修"));
    }
}
