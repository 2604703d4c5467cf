namespace WuShe.Services.Intake;

/// <summary>How a report came to the desk. The values are stored: never renumber.</summary>
public enum IntakeWay
{
    /// <summary>电话</summary>
    Phone = 1,

    /// <summary>窗口</summary>
    Window = 2,

    /// <summary>书信</summary>
    Letter = 3,
}

/// <summary>Who speaks, as seen from the person whose matter it is. The values are stored: never renumber.</summary>
public enum IntakeRelation
{
    /// <summary>本人</summary>
    Self = 1,

    /// <summary>家人</summary>
    Family = 2,

    /// <summary>邻居</summary>
    Neighbour = 3,

    /// <summary>其他</summary>
    Other = 4,
}

/// <summary>Who said that the report may be taken. The values are stored: never renumber.</summary>
public enum ConsentGiver
{
    /// <summary>Nobody was asked, since the person spoke for themselves.</summary>
    None = 0,

    /// <summary>本人</summary>
    Self = 1,

    /// <summary>监护人: for children and those who cannot decide.</summary>
    Guardian = 2,

    /// <summary>家人 who asked the person.</summary>
    Family = 3,
}

/// <summary>What can be masked and looked at. The values are stored: never renumber.</summary>
public enum PersonField
{
    Name = 1,
    Phone = 2,
}

/// <summary>The words that people read for them.</summary>
public static class IntakeWords
{
    public static string Chinese(this IntakeWay way) => way switch
    {
        IntakeWay.Phone => "电话",
        IntakeWay.Window => "窗口",
        IntakeWay.Letter => "书信",
        _ => throw new ArgumentOutOfRangeException(nameof(way)),
    };

    /// <summary>What its case is called in lists: 电话代录.</summary>
    public static string CaseKind(this IntakeWay way) => way.Chinese() + "代录";

    public static string Chinese(this IntakeRelation relation) => relation switch
    {
        IntakeRelation.Self => "本人",
        IntakeRelation.Family => "家人",
        IntakeRelation.Neighbour => "邻居",
        IntakeRelation.Other => "其他",
        _ => throw new ArgumentOutOfRangeException(nameof(relation)),
    };

    public static string Chinese(this ConsentGiver giver) => giver switch
    {
        ConsentGiver.None => "本人来说，不用另外同意",
        ConsentGiver.Self => "本人",
        ConsentGiver.Guardian => "监护人",
        ConsentGiver.Family => "家人（问过本人）",
        _ => throw new ArgumentOutOfRangeException(nameof(giver)),
    };

    public static string Chinese(this PersonField field) => field switch
    {
        PersonField.Name => "姓名",
        PersonField.Phone => "电话",
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };
}
