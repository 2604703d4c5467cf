using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using WuShe.Dialogs;

namespace WuShe.Integrations.BotFramework;

/// <summary>Replies as activities.</summary>
public static class BotReplies
{
    private static readonly JsonWriterOptions Raw = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary><c>{"activities":[…]}</c>, the answer to <c>deliveryMode: expectReplies</c>.</summary>
    public static void WriteExpected(IBufferWriter<byte> output, in BotActivity to, IReadOnlyList<Message> replies)
    {
        using var json = new Utf8JsonWriter(output, Raw);
        json.WriteStartObject();
        json.WriteStartArray("activities"u8);
        for (var i = 0; i < replies.Count; i++) Write(json, Address.Of(to), replies[i]);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>One activity, for the connector.</summary>
    public static byte[] One(Address to, Message message)
    {
        var output = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(output, Raw)) Write(json, to, message);
        return output.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, Address to, Message message)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "message"u8);
        json.WriteString("channelId"u8, to.Channel);
        if (to.ReplyTo is not null) json.WriteString("replyToId"u8, to.ReplyTo);
        Account(json, "from"u8, to.Bot, "bot"u8);
        Account(json, "recipient"u8, to.Person, "user"u8);
        json.WriteStartObject("conversation"u8);
        json.WriteString("id"u8, to.Conversation);
        json.WriteEndObject();
        json.WriteString("locale"u8, "zh-CN"u8);
        json.WriteString("textFormat"u8, "plain"u8);
        json.WriteString("text"u8, message.Text);
        if (message.Options.Count > 0) Options(json, message.Options);
        json.WriteEndObject();
    }

    private static void Account(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? id, ReadOnlySpan<byte> role)
    {
        json.WriteStartObject(name);
        json.WriteString("id"u8, id);
        json.WriteString("role"u8, role);
        json.WriteEndObject();
    }

    private static void Options(Utf8JsonWriter json, IReadOnlyList<string> options)
    {
        json.WriteStartObject("suggestedActions"u8);
        json.WriteStartArray("actions"u8);
        for (var i = 0; i < options.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "imBack"u8);
            json.WriteString("title"u8, options[i]);
            json.WriteString("value"u8, options[i]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}

/// <summary>Where a reply goes: kept per conversation so that later messages find their way.</summary>
public sealed record Address(string Channel, string Conversation, string? Person, string? Bot, string? ServiceUrl, string? ReplyTo)
{
    public static Address Of(in BotActivity activity) => new(
        activity.ChannelId ?? "", activity.ConversationId ?? "", activity.FromId, activity.RecipientId, activity.ServiceUrl, activity.Id);
}
