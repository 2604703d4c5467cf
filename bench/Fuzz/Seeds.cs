using System.Globalization;
using System.Text;
using System.Text.Json;

namespace WuShe.Fuzz;

/// <summary>What the fuzzer begins with: the messages of the conformance file, each by the way the callback would read it.</summary>
internal static class Seeds
{
    private const int LongestUseful = 1024;

    private static readonly string[] BotMessages =
    [
        """{"msgid":"1","aibotid":"b","chatid":"c","chattype":"group","from":{"userid":"li"},"response_url":"https://u","msgtype":"text","text":{"content":"@机器人 0007"},"quote":{"msgtype":"text","text":{"content":"好"}}}""",
        """{"msgid":"2","chattype":"single","from":{"userid":"li","corpid":"w"},"msgtype":"mixed","mixed":{"msg_item":[{"msgtype":"text","text":{"content":"看"}},{"msgtype":"image","image":{"url":"https://i"}}]}}""",
        """{"msgid":"3","create_time":1700000000,"from":{"userid":"li"},"msgtype":"event","event":{"eventtype":"template_card_event","template_card_event":{"event_key":"claim","task_id":"t"}}}""",
        """{"msgid":"4","msgtype":"stream","stream":{"id":"s"}}""",
    ];

    public static void Write(string messages, string folder)
    {
        Directory.CreateDirectory(folder);
        using var all = JsonDocument.Parse(File.ReadAllBytes(messages));
        var at = 0;
        foreach (var message in all.RootElement.GetProperty("messages").EnumerateArray())
        {
            var xml = Encoding.UTF8.GetBytes(message.GetProperty("xml").GetString()!);
            if (xml.Length > LongestUseful) continue;
            File.WriteAllBytes(Name(folder, at++), [(byte)Way.Plain, .. xml]);
            if (at % 8 == 0) File.WriteAllBytes(Name(folder, at++), [(byte)Way.Sealed, .. xml]);
        }
        File.WriteAllBytes(Name(folder, at++), [(byte)Way.Ciphertext, .. "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=="u8]);
        foreach (var json in BotMessages) File.WriteAllBytes(Name(folder, at++), [(byte)Way.BotJson, .. Encoding.UTF8.GetBytes(json)]);
        File.WriteAllBytes(Name(folder, at), [(byte)Way.Cleartext, .. "<xml><MsgType>text</MsgType></xml>"u8]);
    }

    private static string Name(string folder, int at) => Path.Combine(folder, at.ToString("D3", CultureInfo.InvariantCulture));
}
