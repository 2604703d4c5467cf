namespace WuShe.Integrations.WeChat.Notices;

/// <summary>
/// Settings under <c>WeChat:Limits:Fields</c>: how many characters each type of a template's field holds, by the type that its
/// name begins with. A type that is not named here holds as much as <see cref="Other"/>.
/// </summary>
public sealed record WeChatFieldLimits
{
    /// <summary>Fields of unknown type, and <c>keyword1</c> … of old templates.</summary>
    public int Other { get; init; } = 20;

    public int Thing { get; init; } = 20;

    public int ShortThing { get; init; } = 10;

    public int Number { get; init; } = 32;

    public int Letter { get; init; } = 32;

    public int Symbol { get; init; } = 5;

    public int CharacterString { get; init; } = 32;

    public int Time { get; init; } = 32;

    public int Amount { get; init; } = 14;

    public int PhoneNumber { get; init; } = 17;

    public int CarNumber { get; init; } = 8;

    /// <summary>Chinese names; names without Chinese may have twice as many.</summary>
    public int Name { get; init; } = 10;

    public int Phrase { get; init; } = 5;

    internal int Of(string type) => type switch
    {
        "thing" => Thing,
        "short_thing" => ShortThing,
        "number" => Number,
        "letter" => Letter,
        "symbol" => Symbol,
        "character_string" => CharacterString,
        "time" or "date" => Time,
        "amount" => Amount,
        "phone_number" => PhoneNumber,
        "car_number" => CarNumber,
        "name" => Name,
        "phrase" => Phrase,
        _ => Other,
    };

    internal IEnumerable<(string Key, bool Ok)> Checks =>
        from limit in typeof(WeChatFieldLimits).GetProperties()
        where limit.PropertyType == typeof(int)
        select ($"Fields:{limit.Name}", (int)limit.GetValue(this)! > 0);
}
