using WuShe.Dialogs;

namespace WuShe.Services.Common.Messages;

/// <summary>
/// Text messages to the phones of residents, where a deployment has a service for them: it brings its own, which knows the
/// phones. The product keeps no phone numbers.
/// </summary>
public interface ISmsPort
{
    /// <summary>
    /// Sends once per <paramref name="key"/>, which is the same on every try. Refused when the person's phone is not known there.
    /// </summary>
    /// <param name="to">Whom, by the conversation that could not be reached.</param>
    /// <param name="key">Names what is sent for ever.</param>
    /// <param name="words">Plain Chinese, of any length.</param>
    /// <param name="ct">Ends the attempt, not the message.</param>
    Task<DeliveryOutcome> Send(ConversationId to, string key, string words, CancellationToken ct);
}

/// <summary>A deployment without text messages.</summary>
public sealed class NoSms : ISmsPort
{
    public Task<DeliveryOutcome> Send(ConversationId to, string key, string words, CancellationToken ct) =>
        Task.FromResult(DeliveryOutcome.Refused("not set up"));
}
