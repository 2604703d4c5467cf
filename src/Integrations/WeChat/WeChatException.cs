using System.Globalization;

namespace WuShe.Integrations.WeChat;

/// <summary>The platform answered with an error code; <see cref="WeChatErrors"/> knows what it means.</summary>
public sealed class WeChatException : Exception
{
    public WeChatException()
        : this(-1)
    {
    }

    public WeChatException(string message)
        : base(message) => Code = -1;

    public WeChatException(string message, Exception innerException)
        : base(message, innerException) => Code = -1;

    public WeChatException(int code)
        : base(string.Create(CultureInfo.InvariantCulture, $"WeChat errcode {code}")) => Code = code;

    public int Code { get; }

    /// <summary>When what the code asks to wait for may be over (UTC), and nothing should be tried before; null when it asks for nothing.</summary>
    public DateTimeOffset? Until { get; init; }
}
