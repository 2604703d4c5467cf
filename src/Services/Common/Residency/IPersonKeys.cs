using WuShe.Dialogs;

namespace WuShe.Services.Common.Residency;

/// <summary>Platforms that know one person across several accounts (WeChat's unionid).</summary>
public interface IPersonKeys
{
    /// <summary>The channels whose people it can be asked about now.</summary>
    IReadOnlyCollection<string> Channels { get; }

    /// <summary>
    /// The same words for the same person in whichever of the channels; null when the platform has none for them. Throws
    /// <see cref="HttpRequestException"/> when it cannot be asked now.
    /// </summary>
    Task<string?> Of(ConversationId who, CancellationToken ct);
}
