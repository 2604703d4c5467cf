namespace WuShe.Dialogs.Understanding;

/// <summary>Official days off, as Beijing dates. Where nothing is announced yet, the customary length of a holiday is assumed.</summary>
public interface IHolidays
{
    bool IsWorkingDay(DateOnly day);

    /// <summary>Whether the holidays of that year have been announced.</summary>
    bool Knows(int year);
}
