namespace WuShe.Services.Cases;

/// <summary>What a resident says of a closed case. The values of the five levels are stored.</summary>
public enum Satisfaction
{
    /// <summary>没解决: no level at all.</summary>
    NotSolved = 0,
    VeryDissatisfied = 1,
    Dissatisfied = 2,
    Fair = 3,
    Satisfied = 4,
    VerySatisfied = 5,
}

/// <summary>Levels as people read them, and what follows from them.</summary>
public static class SatisfactionLevels
{
    public static string Chinese(this Satisfaction level) => level switch
    {
        Satisfaction.NotSolved => "没解决",
        Satisfaction.VeryDissatisfied => "非常不满意",
        Satisfaction.Dissatisfied => "不满意",
        Satisfaction.Fair => "一般",
        Satisfaction.Satisfied => "满意",
        Satisfaction.VerySatisfied => "非常满意",
        _ => throw new ArgumentOutOfRangeException(nameof(level)),
    };

    /// <summary>没解决 and the two lowest levels bring the case back to its worker.</summary>
    public static bool Reopens(this Satisfaction level) => level <= Satisfaction.Dissatisfied;
}
