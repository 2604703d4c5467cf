namespace WuShe.Services.Organisation;

public enum OrganisationResult
{
    Done,

    /// <summary>Not the actor's role, or not the actor's unit.</summary>
    NotAllowed,

    /// <summary>What was asked for cannot be; the words say why.</summary>
    Refused,
}

/// <summary>What became of a change, with a sentence in Chinese. <paramref name="Id"/> is what was made or changed, when done.</summary>
public sealed record OrganisationOutcome(OrganisationResult Result, string Words, Guid? Id = null)
{
    internal static readonly OrganisationOutcome NotAllowed = new(OrganisationResult.NotAllowed, "只有管理员，和本单位的站长、中心人员，可以改这里。");

    internal static OrganisationOutcome Done(string words, Guid? id = null) => new(OrganisationResult.Done, words, id);

    internal static OrganisationOutcome Refused(string words) => new(OrganisationResult.Refused, words);
}
