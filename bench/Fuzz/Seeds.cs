using System.Globalization;
using System.Text;
using System.Text.Json;

namespace WuShe.Fuzz;

/// <summary>What the fuzzer begins with: the messages of the conformance file, each by the way the callback would read it.</summary>
internal static class Seeds
{
    private const int LongestUseful = 1024;

    public static void Write(string messages, string folder)
    {
        Directory.CreateDirectory(folder);
        using var json = JsonDocument.Parse(File.ReadAllBytes(messages));
        var at = 0;
        foreach (var message in json.RootElement.GetProperty("messages").EnumerateArray())
        {
            var xml = Encoding.UTF8.GetBytes(message.GetProperty("xml").GetString()!);
            if (xml.Length > LongestUseful) continue;
            File.WriteAllBytes(Name(folder, at++), [(byte)Way.Plain, .. xml]);
            if (at % 8 == 0) File.WriteAllBytes(Name(folder, at++), [(byte)Way.Sealed, .. xml]);
        }
        File.WriteAllBytes(Name(folder, at++), [(byte)Way.Ciphertext, .. "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=="u8]);
        File.WriteAllBytes(Name(folder, at), [(byte)Way.Cleartext, .. "<xml><MsgType>text</MsgType></xml>"u8]);
    }

    private static string Name(string folder, int at) => Path.Combine(folder, at.ToString("D3", CultureInfo.InvariantCulture));
}
