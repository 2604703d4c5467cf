using System.Text.Encodings.Web;
using System.Text.Json;
using StackExchange.Redis;

namespace WuShe.Bench.Turns;

/// <summary>
/// The yardstick: a Kestrel endpoint that does nothing but one GET, one SET and the JSON, or the WeChat crypto, on the same
/// machine in the same run.
/// </summary>
internal static class Bare
{
    /// <summary>Chinese as it is, not as escapes: as the product writes it and as the driver looks for it.</summary>
    private static readonly JsonWriterOptions Chinese = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Run(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var redis = ConnectionMultiplexer.Connect(builder.Configuration["redis"]!).GetDatabase();
        var app = builder.Build();
        app.MapPost("/api/messages", (HttpContext http) => Json(http, redis));
        app.MapPost("/wechat/bench", (HttpContext http) => WeChatWire.BareEcho(http, redis));
        app.Run();
    }

    private static async Task Json(HttpContext http, IDatabase redis)
    {
        using var activity = await JsonDocument.ParseAsync(http.Request.Body);
        var key = "bare:" + activity.RootElement.GetProperty("conversation").GetProperty("id").GetString();
        var state = await redis.StringGetAsync(key);
        await redis.StringSetAsync(key, state.IsNull ? new byte[1024] : state);
        http.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(http.Response.BodyWriter, Chinese);
        writer.WriteStartObject();
        writer.WriteStartArray("activities");
        writer.WriteStartObject();
        writer.WriteString("type", "message");
        writer.WriteString("text", activity.RootElement.GetProperty("text").GetString());
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
