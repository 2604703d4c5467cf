using System.Globalization;

namespace WuShe.Services.Intake;

/// <summary>How names and numbers are shown to everybody.</summary>
internal static class Masks
{
    /// <summary>Stands between the names that one number goes by.</summary>
    public const char Between = '、';

    /// <summary>Something is kept that cannot be read: its key is gone.</summary>
    public const string Unreadable = "读不出来";

    /// <summary>王*, of several 王*、李*: the first letter, and never how many follow. A name of one letter is hidden whole.</summary>
    public static string Name(string? names)
    {
        if (names is null) return Unreadable;
        return string.Join(Between, names.Split(Between, StringSplitOptions.RemoveEmptyEntries).Select(One));
    }

    /// <summary>138****1234; what is no number is hidden whole.</summary>
    public static string Phone(string? phone)
    {
        if (phone is null) return Unreadable;
        return phone.Length == 0 ? "" : PhoneNumber.Read(phone)?.Masked ?? "****";
    }

    private static string One(string name)
    {
        var first = StringInfo.GetNextTextElement(name);
        return first.Length == name.Length ? "*" : first + "*";
    }
}
