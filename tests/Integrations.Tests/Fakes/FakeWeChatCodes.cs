using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace WuShe.Fakes;

/// <summary>Permanent codes with a scene of 1 to 64 characters, as the platform makes them: the same scene, the same code.</summary>
public sealed class FakeWeChatCodes
{
    /// <summary>The scenes asked for, in order, repeated ones as well.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Answers a call; null when it is none about codes.</summary>
    public IResult? Answer(string path, string body)
    {
        if (path != "/cgi-bin/qrcode/create") return null;
        JsonNode? json;
        try
        {
            json = JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return FakeWeChat.Code(47001);
        }

        if ((string?)json?["action_name"] != "QR_LIMIT_STR_SCENE") return FakeWeChat.Code(40052);
        var scene = (string?)json["action_info"]?["scene"]?["scene_str"] ?? "";
        if (scene.Length is 0 or > 64) return FakeWeChat.Code(40053);
        Asked.Enqueue(scene);
        return Results.Text(new JsonObject { ["ticket"] = "gQ" + scene, ["url"] = "http://weixin.qq.com/q/" + scene }.ToJsonString(), "text/plain");
    }
}
