using System.Buffers;

namespace WuShe.Bot.Channels;

/// <summary>Reads small bodies of known limits.</summary>
internal static class RequestBody
{
    /// <summary>The whole body; null when it is larger than <paramref name="most"/> bytes.</summary>
    public static async ValueTask<byte[]?> Read(HttpContext http, int most)
    {
        if (http.Request.ContentLength > most) return null;
        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            if (read.Buffer.Length > most)
            {
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
