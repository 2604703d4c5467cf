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
        await Answer(new Turn(In(who.Conversation), $"join-{who.Conversation}", Input.Join()), replyTo: null, []);
        return begun;
    }

    /// <summary>
    /// Stores what was posted, then answers it. Returns the stored id, or null when there is no such conversation;
    /// <paramref name="refusals"/> are said after the answer.
    /// </summary>
    public async Task<string?> Post(Holder who, JsonObject posted, Input? meaning, IReadOnlyList<string> refusals)
    {
        // A client that repeats a message repeats its own id: stored and acted on once.
        var own = Activities.Word((posted["channelData"] as JsonObject)?["clientActivityID"]);
        var id = own is { Length: > 0 and <= 64 } && own.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? $"c-{own}" : $"a-{Guid.CreateVersion7():N}";
        var turn = meaning is null ? null : new Turn(In(who.Conversation), id, meaning);
        var note = turn is null ? null : JsonSerializer.SerializeToUtf8Bytes(turn, WebChatJson.Default.Turn);
        if (!await log.Add(who.Conversation, Activities.Echo(posted, id, who), note)) return null;
        if (turn is not null) await Answer(turn, id, refusals);
        else await log.Append(who.Conversation, [.. Refused(who.Conversation, id, refusals)], handled: null);
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
                await Answer(turn, turn.MessageId, []);
            }
            catch (TimeoutException)
            {
                StillBusy(turn.MessageId);
            }
        }
    }

    public async Task<DeliveryOutcome> Deliver(ConversationId to, string deliveryKey, IReadOnlyList<Message> messages, CancellationToken ct)
    {
        // What answers a message bears the ids that the direct way gives it: whichever way it comes, it comes once.
        var answers = IOwedReplies.KeyOf(new Turn(to, "", Input.Say("")));
        var ids = deliveryKey.StartsWith(answers, StringComparison.Ordinal) ? deliveryKey[answers.Length..] + "-r" : deliveryKey + "-";
        await log.Append(to.Address, [.. messages.Select((message, n) => Said(to.Address, ids + n, message, replyTo: null))], handled: null);
        return DeliveryOutcome.Delivered("web chat");
    }

    /// <summary>
    /// The message's own note (<see cref="ActivityLog.Add(string, StoredActivity, byte[])"/>) keeps the turn until its answers
    /// are in the log, so the engine need not keep it as well: <see cref="Turn.Owes"/> stays unset.
    /// </summary>
    private async Task Answer(Turn turn, string? replyTo, IReadOnlyList<string> refusals)
    {
        var result = await turns.Run(turn, CancellationToken.None);
        var conversation = turn.Conversation.Address;
        var said = result.Replies.Select((message, n) => Said(conversation, $"{turn.MessageId}-r{n}", message, replyTo));
        await log.Append(conversation, [.. said, .. Refused(conversation, turn.MessageId, refusals)], handled: turn.MessageId);
    }

    private IEnumerable<StoredActivity> Refused(string conversation, string id, IReadOnlyList<string> refusals) =>
        refusals.Select((words, n) => Said(conversation, $"{id}-x{n}", words, id));

    private StoredActivity Said(string conversation, string id, Message message, string? replyTo) =>
        Activities.Said(message, Safe(id), conversation, replyTo, message.Picture is { } picture ? files.For(picture) : null);

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
