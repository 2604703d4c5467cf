namespace WuShe.Bot.Simulator;

/// <summary>
/// One thing that happened on a simulated phone or on the line behind it, in the order it happened. <paramref name="Kind"/>:
/// <c>me</c> (the person did something), <c>bot</c> (something reached the phone), <c>notice</c> (grey words of the platform),
/// <c>push</c> (a delivery to our callback and its answer), <c>call</c> (a call of ours to the platform), <c>typing</c>.
/// </summary>
internal sealed record PhoneEntry(string Kind)
{
    public long Id { get; init; }

    /// <summary>The message's type: text, image, voice, location, event …</summary>
    public string Type { get; init; } = "";

    public string Text { get; init; } = "";

    /// <summary>A picture, by its media id.</summary>
    public string? Media { get; init; }

    /// <summary>A card: its address, and the address of its picture.</summary>
    public string? Url { get; init; }

    public string? Picture { get; init; }

    /// <summary>Choices that can be tapped.</summary>
    public IReadOnlyList<MenuChoice>? Choices { get; init; }

    /// <summary>Words under the choices.</summary>
    public string? Tail { get; init; }

    /// <summary>The readable XML of what was pushed: sent again as it is, it is a re-delivery.</summary>
    public string? Xml { get; init; }

    /// <summary>With <c>push</c>: the delivery as it went over the line.</summary>
    public Exchange? Exchange { get; init; }

    /// <summary>With <c>push</c> of something pushed before: whether the answer is the first one again.</summary>
    public bool? Same { get; init; }

    /// <summary>With <c>call</c>: path, body and error code.</summary>
    public string? Path { get; init; }

    public string? Body { get; init; }

    public int Code { get; init; }
}

/// <summary>A choice of a <c>msgmenu</c>.</summary>
internal sealed record MenuChoice(string Id, string Content);

/// <summary>One delivery of a push: what went out, what came back, readable and as it was on the line.</summary>
internal sealed record Exchange(string Address, string Sent)
{
    public int Attempt { get; init; }
    public int Status { get; init; }
    public string Received { get; init; } = "";

    /// <summary>The readable answer; null for <c>success</c>, an empty body and everything that is no answer.</summary>
    public string? Answer { get; init; }

    public long Milliseconds { get; init; }

    /// <summary>Why the platform does not count this as answered; null when it does.</summary>
    public string? Problem { get; init; }
}
