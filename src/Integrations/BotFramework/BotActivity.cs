using System.Buffers;
using System.Text.Json;
using WuShe.Dialogs;
using WuShe.Dialogs.Understanding;

namespace WuShe.Integrations.BotFramework;

/// <summary>The parts of an inbound activity that matter here (Bot Framework Activity schema); the rest is passed over.</summary>
public struct BotActivity
{
    public string? Type { get; private set; }
    public string? Id { get; private set; }
    public string? ChannelId { get; private set; }
    public string? ServiceUrl { get; private set; }
    public string? Text { get; private set; }
    public string? DeliveryMode { get; private set; }
    public string? Locale { get; private set; }
    public string? FromId { get; private set; }
    public string? RecipientId { get; private set; }
    public string? ConversationId { get; private set; }

    /// <summary>Whether somebody other than the bot was added.</summary>
    public bool SomebodyJoined { get; private set; }

    /// <summary>Files that came with it, in their order; null when none did.</summary>
    public IReadOnlyList<BotAttachment>? Attachments { get; private set; }

    /// <summary>A position sent as such; null when there is none.</summary>
    public SentLocation? Location { get; private set; }

    public readonly bool ExpectsReplies => DeliveryMode == "expectReplies";

    /// <summary>
    /// Throws <see cref="JsonException"/> on anything that is no JSON object, and <see cref="InvalidOperationException"/> where
    /// <see cref="PlainJson"/> has something to mend.
    /// </summary>
    public static BotActivity Read(in ReadOnlySequence<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var activity = default(BotActivity);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new JsonException("An activity is a JSON object.");
        List<string>? added = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8)) activity.Type = Word(ref reader);
            else if (reader.ValueTextEquals("id"u8)) activity.Id = Word(ref reader);
            else if (reader.ValueTextEquals("channelId"u8)) activity.ChannelId = Word(ref reader);
            else if (reader.ValueTextEquals("serviceUrl"u8)) activity.ServiceUrl = Word(ref reader);
            else if (reader.ValueTextEquals("text"u8)) activity.Text = Word(ref reader);
            else if (reader.ValueTextEquals("deliveryMode"u8)) activity.DeliveryMode = Word(ref reader);
            else if (reader.ValueTextEquals("locale"u8)) activity.Locale = Word(ref reader);
            else if (reader.ValueTextEquals("from"u8)) activity.FromId = IdOf(ref reader);
            else if (reader.ValueTextEquals("recipient"u8)) activity.RecipientId = IdOf(ref reader);
            else if (reader.ValueTextEquals("conversation"u8)) activity.ConversationId = IdOf(ref reader);
            else if (reader.ValueTextEquals("membersAdded"u8)) added = Ids(ref reader);
            else if (reader.ValueTextEquals("attachments"u8)) activity.Attachments = BotAttachment.All(Value(ref reader));
            else if (reader.ValueTextEquals("entities"u8)) activity.Location = BotPlace.In(Value(ref reader)) ?? activity.Location;
            else if (reader.ValueTextEquals("channelData"u8)) activity.Location ??= BotPlace.Sent(Value(ref reader));
            else
            {
                reader.Read();
                reader.Skip();
            }
        }
        // Reads to the end: what follows the object would be no JSON.
        while (reader.Read())
        {
        }
        activity.SomebodyJoined = added is not null && added.Exists(Other(activity.RecipientId));
        return activity;
    }

    private static Predicate<string> Other(string? bot) => id => id != bot;

    private static JsonElement Value(ref Utf8JsonReader reader)
    {
        reader.Read();
        return JsonElement.ParseValue(ref reader);
    }

    private static string? Word(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String) return reader.GetString();
        reader.Skip();
        return null;
    }

    private static string? IdOf(ref Utf8JsonReader reader)
    {
        reader.Read();
        return IdHere(ref reader);
    }

    /// <summary>The <c>id</c> of the object the reader stands on; leaves it at the object's end.</summary>
    private static string? IdHere(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }
        string? id = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8)) id = Word(ref reader);
            else
            {
                reader.Read();
                reader.Skip();
            }
        }
        return id;
    }

    private static List<string>? Ids(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return null;
        }
        var ids = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (IdHere(ref reader) is { } id) ids.Add(id);
        }
        return ids;
    }
}
