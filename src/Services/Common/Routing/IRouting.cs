using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Common.Routing;

/// <summary>
/// What decides who gets something. <paramref name="Category"/> is a code of the catalogue, empty for what has none;
/// <paramref name="Channel"/> as in conversation ids (<c>wechat.main</c>), empty when it came another way;
/// <paramref name="At"/> is UTC.
/// </summary>
public sealed record RouteQuestion(string Category, Spot Place, string Channel, DateTimeOffset At)
{
    /// <summary>三事 as it was decided for this one case (<c>government</c>, <c>community</c>, <c>private</c>); empty: as the catalogue has it.</summary>
    public string Scope { get; init; } = "";
}

/// <summary>Who gets it, and why: a Chinese sentence for the log (「按规则“夜间漏水”派给供水公司值班人员。」).</summary>
public sealed record RouteTaken(Responsible Responsible, string Reason);

/// <summary>Finds the person or the queue for something new. Answered from memory.</summary>
public interface IRouting
{
    /// <summary>Always names somebody: a rule, 三事, or whoever is responsible for the place.</summary>
    ValueTask<RouteTaken> Route(RouteQuestion question, CancellationToken ct);

    /// <summary>Whether a rule takes everything of the category, at any place and time, and cannot pass it on.</summary>
    ValueTask<bool> TakesAll(string category, CancellationToken ct);
}
