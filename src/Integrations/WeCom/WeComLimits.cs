namespace WuShe.Integrations.WeCom;

/// <summary>
/// Settings under <c>WeCom:Limits</c>: what the platform takes at most, as its pages said when this was written. It changes them
/// now and then, so none of them is fixed here. Bytes are of UTF-8.
/// </summary>
public sealed record WeComLimits
{
    /// <summary>Of a text.</summary>
    public int TextBytes { get; init; } = 2048;

    /// <summary>Of an app's markdown.</summary>
    public int MarkdownBytes { get; init; } = 2048;

    /// <summary>Of a robot's markdown.</summary>
    public int RobotMarkdownBytes { get; init; } = 4096;

    /// <summary>Of what an AI bot answers.</summary>
    public int BotAnswerBytes { get; init; } = 20480;

    /// <summary>Characters.</summary>
    public int TextCardTitle { get; init; } = 128;

    public int TextCardBytes { get; init; } = 512;

    /// <summary>Receivers of one message.</summary>
    public int Receivers { get; init; } = 1000;

    /// <summary>Members of a group chat that an app makes.</summary>
    public int ChatMembers { get; init; } = 2000;

    /// <summary>Characters.</summary>
    public int ChatName { get; init; } = 50;

    /// <summary>How long the code that changes a card works.</summary>
    public TimeSpan CardCode { get; init; } = TimeSpan.FromHours(72);

    /// <summary>The longest that the platform compares messages to drop a second one.</summary>
    public TimeSpan DuplicateCheck { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Template cards of apps and robots.</summary>
    public WeComCardLimits AppCard { get; init; } = new();

    /// <summary>Template cards of AI bots.</summary>
    public WeComCardLimits BotCard { get; init; } = new() { Title = 26, Description = 30, Value = 26 };

    /// <summary>The settings and the least each may be.</summary>
    internal IEnumerable<(string Key, int Value, int Least)> Numbers =>
    [
        (nameof(TextBytes), TextBytes, 64), (nameof(MarkdownBytes), MarkdownBytes, 256), (nameof(RobotMarkdownBytes), RobotMarkdownBytes, 256),
        (nameof(BotAnswerBytes), BotAnswerBytes, 64), (nameof(TextCardTitle), TextCardTitle, 8), (nameof(TextCardBytes), TextCardBytes, 64),
        (nameof(Receivers), Receivers, 1), (nameof(ChatMembers), ChatMembers, 2), (nameof(ChatName), ChatName, 8),
        .. AppCard.Numbers.Select(number => (nameof(AppCard) + ":" + number.Key, number.Value, number.Least)),
        .. BotCard.Numbers.Select(number => (nameof(BotCard) + ":" + number.Key, number.Value, number.Least)),
    ];
}

/// <summary>What fits into a template card, in characters; apps and AI bots differ.</summary>
public sealed record WeComCardLimits
{
    public int Title { get; init; } = 36;

    public int Description { get; init; } = 44;

    public int SubTitle { get; init; } = 112;

    /// <summary>How many lines of a name and a value.</summary>
    public int Lines { get; init; } = 6;

    public int LineName { get; init; } = 5;

    public int Value { get; init; } = 30;

    /// <summary>How many buttons.</summary>
    public int Buttons { get; init; } = 6;

    public int ButtonText { get; init; } = 10;

    /// <summary>Of what stands in the place of the buttons afterwards.</summary>
    public int ReplacedText { get; init; } = 20;

    internal IEnumerable<(string Key, int Value, int Least)> Numbers =>
    [
        (nameof(Title), Title, 8), (nameof(Description), Description, 8), (nameof(SubTitle), SubTitle, 8), (nameof(Lines), Lines, 1),
        (nameof(LineName), LineName, 2), (nameof(Value), Value, 8), (nameof(Buttons), Buttons, 1), (nameof(ButtonText), ButtonText, 2),
        (nameof(ReplacedText), ReplacedText, 8),
    ];
}
