using CsCheck;
using WuShe.Services.Intake;

namespace WuShe.Services.Tests.Intake;

/// <summary>Which numbers are taken, and how names and numbers are hidden.</summary>
public sealed class PhoneNumberTests
{
    private static readonly Gen<string> Mobile = Gen.Select(Gen.Char['3', '9'], Gen.Char['0', '9'].Array[9], (second, rest) => $"1{second}{new string(rest)}");
    private static readonly Gen<string> Landline = Gen.Select(
        OneOf("", "010", "023", "0571"), Gen.Char['2', '9'], Gen.Char['0', '9'].Array[7], (area, first, rest) => $"{area}{first}{new string(rest)}");

    [Theory]
    [InlineData("13800001234", "13800001234", "138****1234")]
    [InlineData(" 138 0000 1234 ", "13800001234", "138****1234")]
    [InlineData("１３８００００１２３４", "13800001234", "138****1234")]
    [InlineData("+86 138-0000-1234", "13800001234", "138****1234")]
    [InlineData("0086 13800001234", "13800001234", "138****1234")]
    [InlineData("0571-87654321", "0571-87654321", "0571-****4321")]
    [InlineData("（0571）87654321", "0571-87654321", "0571-****4321")]
    [InlineData("+86 571 87654321", "0571-87654321", "0571-****4321")]
    [InlineData("02367654321", "023-67654321", "023-****4321")]
    [InlineData("0838-2345678", "0838-2345678", "0838-****678")]
    [InlineData("87654321", "87654321", "****4321")]
    [InlineData("2345678", "2345678", "****678")]
    public void A_number_is_read_as_it_is_written_and_shown_without_four_digits(string written, string dialled, string masked)
    {
        var phone = PhoneNumber.Read(written);
        Assert.Equal((dialled, masked), (phone?.ToString(), phone?.Masked));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1380000123")]
    [InlineData("138000012345")]
    [InlineData("12800001234")]
    [InlineData("13800001234a")]
    [InlineData("110")]
    [InlineData("12345678")]
    [InlineData("010-8765432")]
    [InlineData("0571-187654321")]
    [InlineData("王大爷")]
    public void What_is_no_number_is_not_taken(string written) => Assert.Null(PhoneNumber.Read(written));

    [Fact]
    public void However_it_is_written_it_is_one_number_with_four_digits_hidden() => Gen.Select(Gen.OneOf(Mobile, Landline), OneOf("", " ", "-", "－")).Sample(
        (digits, between) =>
        {
            var plain = PhoneNumber.Read(digits)!;
            Assert.Equal(digits, plain.Digits);
            Assert.Equal(plain, PhoneNumber.Read(digits[..3] + between + digits[3..]));
            Assert.Equal(plain, PhoneNumber.Read(plain.ToString()));
            Assert.Equal(digits.Length - 4, plain.Masked.Count(char.IsAsciiDigit));
            Assert.Equal(4, plain.Masked.Count(letter => letter == '*'));
            Assert.DoesNotContain(digits, plain.Masked, StringComparison.Ordinal);
        }, iter: 500);

    [Theory]
    [InlineData("", "")]
    [InlineData("王", "*")]
    [InlineData("王明", "王*")]
    [InlineData("欧阳小明", "欧*")]
    [InlineData("王明、李红梅", "王*、李*")]
    [InlineData("𠮷田", "𠮷*")]
    [InlineData(null, "读不出来")]
    public void A_name_shows_its_first_letter_and_not_its_length(string? name, string masked) => Assert.Equal(masked, Masks.Name(name));

    [Theory]
    [InlineData("", "")]
    [InlineData("13800001234", "138****1234")]
    [InlineData("12", "****")]
    [InlineData(null, "读不出来")]
    public void A_number_that_is_none_is_hidden_whole(string? phone, string masked) => Assert.Equal(masked, Masks.Phone(phone));

    private static Gen<string> OneOf(params string[] words) => Gen.Int[0, words.Length - 1].Select(index => words[index]);
}
