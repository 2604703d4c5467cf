using System.Text;

namespace WuShe.Bot.Tests.Channels;

/// <summary>A stream without a known length: sent in chunks.</summary>
internal sealed class Unsized(string body) : MemoryStream(Encoding.UTF8.GetBytes(body))
{
    public override bool CanSeek => false;
}
