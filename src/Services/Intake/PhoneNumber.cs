using System.Text;
using System.Text.RegularExpressions;

namespace WuShe.Services.Intake;

/// <summary>A Chinese telephone number: a mobile one of eleven digits, or a landline with or without its area code.</summary>
public sealed partial record PhoneNumber
{
    private const int Hidden = 4;
    private const int MobilePrefix = 3;
    private const int MobileLength = 11;
    private readonly string _area;
    private readonly string _local;

    private PhoneNumber(string area, string local) => (_area, _local) = (area, local);

    /// <summary>Digits alone: the same for every way in which people write it.</summary>
    public string Digits => _area + _local;

    /// <summary>138****1234, 0571-****4321: four digits are left out.</summary>
    public string Masked => _area.Length == 0 && _local.Length == MobileLength
        ? $"{_local[..MobilePrefix]}****{_local[(MobilePrefix + Hidden)..]}"
        : $"{Area}****{_local[Hidden..]}";

    private string Area => _area.Length == 0 ? "" : _area + "-";

    /// <summary>Reads it with spaces, hyphens, brackets, full-width digits or +86. Null: it is none.</summary>
    public static PhoneNumber? Read(string words)
    {
        var digits = new StringBuilder(MobileLength);
        foreach (var c in words.Trim())
        {
            if (char.IsAsciiDigit(c)) digits.Append(c);
            else if (c is >= '０' and <= '９') digits.Append((char)(c - '０' + '0'));
            else if (c is not (' ' or '　' or '-' or '－' or '—' or '(' or ')' or '（' or '）' or '+' or '＋')) return null;
        }
        var number = digits.ToString();
        if (OfCountry().Match(number) is { Success: true } abroad) return Of(abroad.Groups[1].Value) ?? Of("0" + abroad.Groups[1].Value);
        return Of(number);
    }

    /// <summary>As it is dialled: 13800001234, 0571-87654321.</summary>
    public override string ToString() => Area + _local;

    private static PhoneNumber? Of(string number)
    {
        if (Mobile().IsMatch(number)) return new PhoneNumber("", number);
        return Landline().Match(number) is { Success: true } landline ? new PhoneNumber(landline.Groups["area"].Value, landline.Groups["local"].Value) : null;
    }

    [GeneratedRegex("^(?:00)?86([0-9]{10,11})$")]
    private static partial Regex OfCountry();

    [GeneratedRegex("^1[3-9][0-9]{9}$")]
    private static partial Regex Mobile();

    // Area codes of three digits (010, 02x) go with eight digits, those of four with seven or eight.
    [GeneratedRegex("^(?:(?<area>010|02[0-9])(?<local>[2-9][0-9]{7})|(?<area>0[3-9][0-9]{2})(?<local>[2-9][0-9]{6,7})|(?<local>[2-9][0-9]{6,7}))$")]
    private static partial Regex Landline();
}
