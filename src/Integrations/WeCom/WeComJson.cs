using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using WuShe.Integrations.WeChat;

namespace WuShe.Integrations.WeCom;

/// <summary>The fields of the platform's JSON answers that we read. No <c>errcode</c> means success.</summary>
internal sealed record WeComReturn
{
    [JsonPropertyName("errcode")]
    public int Code { get; init; }
    public string? AccessToken { get; init; }
    public int ExpiresIn { get; init; }

    /// <summary>Of interactive cards: changes them once, within 72 h.</summary>
    public string? ResponseCode { get; init; }
    public WeComChat? ChatInfo { get; init; }

    /// <summary>Who signs in; absent for people outside the company.</summary>
    [JsonPropertyName("userid")]
    public string? UserId { get; init; }
    public IReadOnlyList<WeComDepartment>? DepartmentId { get; init; }
    [JsonPropertyName("department"), JsonConverter(typeof(DepartmentOrIds))]
    public WeComDepartment? Department { get; init; }
    [JsonPropertyName("userlist")]
    public IReadOnlyList<WeComUser>? Users { get; init; }
    public string? Position { get; init; }
    public int Status { get; init; }
}

internal sealed record WeComChat(string? Chatid, string? Name, string? Owner, IReadOnlyList<string>? Userlist);

internal sealed record WeComDepartment(int Id, string? Name, int Parentid);

internal sealed record WeComUser(string? Userid, string? Name, IReadOnlyList<int>? Department);

/// <summary><c>department</c> is a department in one answer and a list of ids in another; the ids are not read.</summary>
internal sealed class DepartmentOrIds : JsonConverter<WeComDepartment>
{
    public override WeComDepartment? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartObject) return JsonSerializer.Deserialize(ref reader, WeComJson.Raw.WeComDepartment);
        reader.Skip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, WeComDepartment value, JsonSerializerOptions options) => throw new NotSupportedException();
}

/// <summary>An encrypted answer to an AI bot's push.</summary>
internal sealed record WeComEnvelope(string Encrypt, string Msgsignature, long Timestamp, string Nonce);

/// <summary>A message of an app, of a group chat, or of a robot: each reads the fields it knows.</summary>
internal sealed record WeComSend(string Msgtype)
{
    public string? Touser { get; init; }
    public string? Chatid { get; init; }
    public int? Agentid { get; init; }
    public WeComText? Text { get; init; }
    public WeComText? Markdown { get; init; }
    public WeComTextCard? Textcard { get; init; }
    public WeComCard? TemplateCard { get; init; }

    /// <summary>1: the platform drops the same message to the same people within <see cref="DuplicateCheckInterval"/> seconds.</summary>
    public int? EnableDuplicateCheck { get; init; }
    public int? DuplicateCheckInterval { get; init; }
}

internal sealed record WeComText(string Content);

internal sealed record WeComTextCard(string Title, string Description, string Url, string Btntxt);

internal sealed record WeComCard(string CardType, WeComTitle MainTitle)
{
    public string? SubTitleText { get; init; }
    public IReadOnlyList<WeComCardField>? HorizontalContentList { get; init; }
    public WeComCardAction? CardAction { get; init; }
    public string? TaskId { get; init; }
    public IReadOnlyList<WeComButton>? ButtonList { get; init; }
}

internal sealed record WeComTitle(string Title, string? Desc = null);

internal sealed record WeComCardField(string Keyname, string Value);

internal sealed record WeComCardAction(int Type, string Url);

internal sealed record WeComButton(string Text, int Style, string Key);

internal sealed record WeComCardUpdate(IReadOnlyList<string> Userids, int Agentid, string ResponseCode)
{
    public WeComReplace? Button { get; init; }
    public WeComCard? TemplateCard { get; init; }
}

internal sealed record WeComReplace(string ReplaceName);

internal sealed record WeComChatChange(string Chatid)
{
    public string? Name { get; init; }
    public string? Owner { get; init; }
    public IReadOnlyList<string>? Userlist { get; init; }
    public IReadOnlyList<string>? AddUserList { get; init; }
    public IReadOnlyList<string>? DelUserList { get; init; }
}

/// <summary>What an AI bot answers.</summary>
internal sealed record WeComBotReply
{
    public string? Msgtype { get; init; }
    public WeComText? Text { get; init; }
    public WeComText? Markdown { get; init; }
    public WeComStream? Stream { get; init; }
    public WeComCard? TemplateCard { get; init; }

    /// <summary><c>update_template_card</c>: the answer to a tap.</summary>
    public string? ResponseType { get; init; }
    public IReadOnlyList<string>? Userids { get; init; }
}

internal sealed record WeComStream(string Id, bool Finish, string Content);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(WeComReturn))]
[JsonSerializable(typeof(WeComEnvelope))]
[JsonSerializable(typeof(WeComSend))]
[JsonSerializable(typeof(WeComCardUpdate))]
[JsonSerializable(typeof(WeComChatChange))]
[JsonSerializable(typeof(WeComBotReply))]
internal sealed partial class WeComJson : JsonSerializerContext
{
    /// <summary>For what nobody has cleaned; emoji are escaped.</summary>
    public static WeComJson Relaxed { get; } = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    });

    /// <summary>Chinese and emoji as they are: the platform knows an error for escapes. What is said must have been cleaned.</summary>
    public static WeComJson Raw { get; } = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new WeChatRawText() },
    });
}
