using WuShe.Dialogs;
using WuShe.Dialogs.Understanding;

namespace WuShe.Services.Cases;

/// <summary>
/// What somebody may read of a case that another resident reported: what it is about and where, never words that tell who
/// reported. Used for whoever is asked to follow it and for its followers.
/// </summary>
internal static class NeighbourWords
{
    // Who speaks of oneself or of somebody's home may be known by it.
    private static readonly System.Buffers.SearchValues<char> Personal = System.Buffers.SearchValues.Create("我俺咱家屋");

    /// <summary>The title; only its kind and the place when the reporter's words in it tell of a person.</summary>
    public static string Title(string title, string place)
    {
        if (Masking.Mask(title) == title && title.AsSpan().IndexOfAny(Personal) < 0) return title;
        var kind = title.Split('：')[0];
        var (about, where) = (kind.AsSpan().IndexOfAny(Personal) < 0 && Masking.Mask(kind) == kind && kind != title ? kind : "一件事", Place(place));
        return where.Length == 0 ? about : $"{about}（{where}）";
    }

    public static string Title(Case subject) => Title(subject.Title, subject.Place);

    /// <summary>The place but for the door.</summary>
    public static string Place(string place) => Masking.Mask(place);

    /// <summary>What staff wrote, without numbers and doors that may be the reporter's.</summary>
    public static string Staff(string words) => Masking.Mask(words);

    /// <summary>今天, 昨天, 前天, 2月27日（周五）, in Beijing.</summary>
    public static string Day(DateTimeOffset at, DateTimeOffset now) => (BeijingTime.DateOf(now).DayNumber - BeijingTime.DateOf(at).DayNumber) switch
    {
        0 => "今天",
        1 => "昨天",
        2 => "前天",
        _ => ChineseDate.Dated(at, now),
    };
}
