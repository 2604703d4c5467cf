using System.Buffers;
using System.Globalization;
using System.Text;

namespace WuShe.Integrations.WeChat;

/// <summary>Writes the passive answer to a push: a text or a card, encrypted where the push was.</summary>
public static class WeChatAnswer
{
    /// <summary>Writes the whole HTTP body; a <paramref name="card"/> stands for the text.</summary>
    public static void Write(
        IBufferWriter<byte> output, WeChatAccount account, in WeChatPush push, string text, string nonce, DateTimeOffset now, WeChatCard? card = null) =>
        Write(output, account.Token, push.Cipher, push.Message, text, nonce, now, card);

    /// <summary>The same for whoever speaks this protocol: a token, and a cipher where the push was encrypted.</summary>
    internal static void Write(
        IBufferWriter<byte> output, ReadOnlySpan<byte> token, WeChatCipher? cipher, WeChatMessage message, string text, string nonce, DateTimeOffset now,
        WeChatCard? card = null)
    {
        var said = card is null ? CDataRoom(text) : 320 + CDataRoom(card.Title) + CDataRoom(card.Words) + CDataRoom(card.Url);
        var room = 320 + (3 * (message.From.Length + message.To.Length)) + said;
        var seconds = now.ToUnixTimeSeconds();
        if (cipher is null)
        {
            output.Advance(Message(output.GetSpan(room), message, text, card, seconds));
            return;
        }

        var clear = ArrayPool<byte>.Shared.Rent(room);
        var length = Message(clear, message, text, card, seconds);
        var envelope = output.GetSpan(320 + cipher.EncryptedLength(length) + CDataRoom(nonce));
        output.Advance(Envelope(envelope, token, cipher, clear.AsSpan(0, length), nonce, seconds));
        ArrayPool<byte>.Shared.Return(clear);
    }

    private static int Message(Span<byte> room, WeChatMessage message, string text, WeChatCard? card, long seconds)
    {
        var writer = new Writer(room);
        writer.Raw("<xml><ToUserName><![CDATA["u8);
        writer.CData(message.From);
        writer.Raw("]]></ToUserName><FromUserName><![CDATA["u8);
        writer.CData(message.To);
        writer.Raw("]]></FromUserName><CreateTime>"u8);
        writer.Number(seconds);
        writer.Raw("</CreateTime><MsgType><![CDATA["u8);
        if (card is null) Text(ref writer, text);
        else News(ref writer, card);
        writer.Raw("</xml>"u8);
        return writer.Length;
    }

    private static void Text(ref Writer writer, string text)
    {
        writer.Raw("text]]></MsgType><Content><![CDATA["u8);
        writer.CData(text);
        writer.Raw("]]></Content>"u8);
    }

    /// <summary>After a text, picture, link or place one article is all that is shown.</summary>
    private static void News(ref Writer writer, WeChatCard card)
    {
        writer.Raw("news]]></MsgType><ArticleCount>1</ArticleCount><Articles><item><Title><![CDATA["u8);
        writer.CData(card.Title);
        writer.Raw("]]></Title><Description><![CDATA["u8);
        writer.CData(card.Words);
        writer.Raw("]]></Description><PicUrl></PicUrl><Url><![CDATA["u8);
        writer.CData(card.Url);
        writer.Raw("]]></Url></item></Articles>"u8);
    }

    private static int Envelope(Span<byte> room, ReadOnlySpan<byte> token, WeChatCipher cipher, ReadOnlySpan<byte> clear, string nonce, long seconds)
    {
        var writer = new Writer(room);
        writer.Raw("<xml><Encrypt><![CDATA["u8);
        var encrypted = writer.Take(cipher.EncryptedLength(clear.Length));
        cipher.Encrypt(clear, encrypted);
        Span<byte> time = stackalloc byte[20];
        seconds.TryFormat(time, out var digits, default, CultureInfo.InvariantCulture);
        Span<byte> once = stackalloc byte[3 * nonce.Length];
        once = once[..Encoding.UTF8.GetBytes(nonce, once)];
        Span<byte> signature = stackalloc byte[WeChatSignature.Size];
        WeChatSignature.Compute(token, time[..digits], once, encrypted, signature);
        writer.Raw("]]></Encrypt><MsgSignature><![CDATA["u8);
        writer.Hex(signature);
        writer.Raw("]]></MsgSignature><TimeStamp>"u8);
        writer.Raw(time[..digits]);
        writer.Raw("</TimeStamp><Nonce><![CDATA["u8);
        writer.CData(nonce);
        writer.Raw("]]></Nonce></xml>"u8);
        return writer.Length;
    }

    /// <summary>Room for a text inside CDATA: each end mark of 3 bytes becomes 15.</summary>
    private static int CDataRoom(string text) => (3 * text.Length) + (text.Contains("]]>", StringComparison.Ordinal) ? 12 * text.Length : 0);

    private ref struct Writer(Span<byte> room)
    {
        private readonly Span<byte> _room = room;

        public int Length { get; private set; }

        public void Raw(scoped ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(_room[Length..]);
            Length += bytes.Length;
        }

        public Span<byte> Take(int count)
        {
            Length += count;
            return _room.Slice(Length - count, count);
        }

        public void Number(long number)
        {
            number.TryFormat(_room[Length..], out var digits, default, CultureInfo.InvariantCulture);
            Length += digits;
        }

        public void Hex(scoped ReadOnlySpan<byte> bytes)
        {
            Convert.TryToHexStringLower(bytes, _room[Length..], out var written);
            Length += written;
        }

        /// <summary>Text for a CDATA section: its end mark is split; halves of surrogate pairs become U+FFFD.</summary>
        public void CData(scoped ReadOnlySpan<char> text)
        {
            for (var end = text.IndexOf("]]>"); end >= 0; end = text.IndexOf("]]>"))
            {
                Utf8(text[..(end + 2)]);
                Raw("]]><![CDATA["u8);
                text = text[(end + 2)..];
            }

            Utf8(text);
        }

        private void Utf8(scoped ReadOnlySpan<char> text) => Length += Encoding.UTF8.GetBytes(text, _room[Length..]);
    }
}
