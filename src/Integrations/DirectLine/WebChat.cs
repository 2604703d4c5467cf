using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using WuShe.Dialogs;
using WuShe.Services.Common;

namespace WuShe.Integrations.DirectLine;

/// <summary>
/// The web chat's conversations: what a resident posts is stored first and then acted on; what the bot answers is appended
/// under ids that follow from the message, so that doing it twice changes nothing. A message stored by a process that died
/// before acting is acted on by <see cref="ResumeLeft"/>.
/// </summary>
public sealed partial class WebChat(ActivityLog log, ITurns turns, SignedFiles files, ILogger<WebChat> logger) : IChannel
{
    public const string Channel = "web";

    public bool Carries(string channel) => channel == Channel;

    /// <summary>Begins the conversation if it is new, with the greeting.</summary>
    public async Task<bool> Start(Holder who)
    {
        var begun = await log.Start(who.Conversation);
        // Asked every time: a greeting that a crash swallowed comes now, and the engine greets nobody twice.
        await Answer(new Turn(In(who.Conversation), $"join-{who.Conversation}", Input.Join()), replyTo: null);
        return begun;
    }

    /// <summary>Stores what was posted, then answers it. Returns the stored id; <paramref name="refusals"/> are said after the answer.</summary>
    public async Task<string> Post(Holder who, JsonObject posted, Input? meaning, IReadOnlyList<string> refusals)
    {
        // A client that repeats a message repeats its own id: stored and acted on once.
        var own = Activities.Word((posted["channelData"] as JsonObject)?["clientActivityID"]);
        var id = own is { Length: > 0 and <= 64 } && own.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? $"c-{own}" : $"a-{Guid.CreateVersion7():N}";
        var turn = meaning is null ? null : new Turn(In(who.Conversation), id, meaning) { Owes = true };
        await log.Add(who.Conversation, id, Activities.Echo(posted, id, who), turn is null ? null : JsonSerializer.SerializeToUtf8Bytes(turn, WebChatJson.Default.Turn));
        if (turn is not null) await Answer(turn, id);
        for (var n = 0; n < refusals.Count; n++)
            await Append(who.Conversation, $"{id}-x{n}", refusals[n], id);
        return id;
    }

    /// <summary>Acts on what a dead process left, and on nothing twice.</summary>
    public async Task ResumeLeft(CancellationToken ct)
    {
        foreach (var note in await log.Left())
        {
            ct.ThrowIfCancellationRequested();
            if (JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)note).Span, WebChatJson.Default.Turn) is not { } turn) continue;
            try
            {
                await Answer(turn with { Owes = true }, turn.MessageId);
            }
            catch (TimeoutException)
            {
                StillBusy(turn.MessageId);
            }
        }
    }

    public async Task<DeliveryOutcome> Deliver(ConversationId to, string deliveryKey, IReadOnlyList<Message> messages, CancellationToken ct)
    {
        await log.Start(to.Address);
        for (var n = 0; n < messages.Count; n++) await Append(to.Address, $"{deliveryKey}-{n}", messages[n], replyTo: null);
        return DeliveryOutcome.Delivered("web chat");
    }

    private async Task Answer(Turn turn, string? replyTo)
    {
        var owing = turn with { Owes = true };
        var result = await turns.Run(owing, CancellationToken.None);
        for (var n = 0; n < result.Replies.Count; n++)
            await Append(turn.Conversation.Address, $"{turn.MessageId}-r{n}", result.Replies[n], replyTo);
        await turns.Settle(owing, CancellationToken.None);
        await log.Handled(turn.Conversation.Address, turn.MessageId);
    }

    private Task<bool> Append(string conversation, string id, Message message, string? replyTo)
    {
        var safe = Safe(id);
        return log.Add(conversation, safe, Activities.Said(message, safe, conversation, replyTo, message.Picture is { } picture ? files.For(picture) : null));
    }

    /// <summary>Clients put ids into addresses without encoding them.</summary>
    private static string Safe(string id) => string.Create(id.Length, id, (chars, from) =>
    {
        for (var i = 0; i < from.Length; i++) chars[i] = char.IsAsciiLetterOrDigit(from[i]) || from[i] is '-' or '_' ? from[i] : '_';
    });

    private static ConversationId In(string conversation) => new(Channel, conversation);

    [LoggerMessage(4001, LogLevel.Warning, "Message {MessageId} found its conversation busy; it is tried again.")]
    private partial void StillBusy(string messageId);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(Turn))]
internal sealed partial class WebChatJson : JsonSerializerContext;
