using System.Buffers;
using System.Globalization;
using System.Text;

namespace WuShe.Integrations.WeChat;

/// <summary>
/// Reads the small XML of the platform straight from its bytes: elements, text, CDATA, character references. Refuses a
/// document type of any kind, so that nothing can be declared, included or expanded. A test holds that a general
/// reader reads the same.
/// </summary>
public static class WeChatXml
{
    public const int MaxBytes = 64 * 1024;
    private const int MaxDepth = 12;
    private static readonly SearchValues<byte> NameEnd = SearchValues.Create(" \t\r\n/>"u8);

    /// <summary>The root element; null for anything that is not such XML.</summary>
    public static WeChatFields? TryRead(ReadOnlySpan<byte> xml)
    {
        if (xml.Length > MaxBytes) return null;
        if (xml.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) xml = xml[3..];
        var cursor = new Cursor(xml);
        return cursor.SkipMisc() && cursor.Element(1) is { } root && !cursor.SkipMisc() && cursor.AtEnd ? root : null;
    }

    private ref struct Cursor(ReadOnlySpan<byte> xml)
    {
        private ReadOnlySpan<byte> _rest = xml;

        public readonly bool AtEnd => _rest.IsEmpty;

        /// <summary>Skips white space, comments and processing instructions; true when an element may begin here.</summary>
        public bool SkipMisc()
        {
            while (true)
            {
                _rest = _rest.TrimStart(" \t\r\n"u8);
                if (_rest.StartsWith("<?"u8))
                {
                    if (!SkipPast("?>"u8)) return false;
                }
                else if (_rest.StartsWith("<!--"u8))
                {
                    _rest = _rest[4..];
                    if (!SkipPast("-->"u8)) return false;
                }
                else
                {
                    return _rest.Length > 1 && _rest[0] == '<' && _rest[1] != '!';
                }
            }
        }

        /// <summary>The element that begins at the cursor's &lt;.</summary>
        public WeChatFields? Element(int depth)
        {
            if (depth > MaxDepth) return null;
            _rest = _rest[1..];
            var length = _rest.IndexOfAny(NameEnd);
            if (length <= 0 || !IsName(_rest[..length])) return null;
            var name = _rest[..length];
            _rest = _rest[length..];
            if (!SkipAttributes(out var empty)) return null;
            var element = new WeChatFields(Encoding.UTF8.GetString(name));
            return empty || Content(element, name, depth) ? element : null;
        }

        private bool Content(WeChatFields element, ReadOnlySpan<byte> name, int depth)
        {
            string? text = null;
            while (true)
            {
                var mark = _rest.IndexOf((byte)'<');
                if (mark < 0) return false;
                if (mark > 0)
                {
                    if (!TryText(_rest[..mark], out var plain)) return false;
                    text = text is null ? plain : text + plain;
                    _rest = _rest[mark..];
                }

                if (_rest.StartsWith("</"u8))
                {
                    if (element.Children.Count == 0) element.Text = text ?? "";
                    return End(name);
                }

                if (_rest.StartsWith("<![CDATA["u8))
                {
                    _rest = _rest[9..];
                    var end = _rest.IndexOf("]]>"u8);
                    if (end < 0) return false;
                    var data = Newlines(Encoding.UTF8.GetString(_rest[..end]));
                    text = text is null ? data : text + data;
                    _rest = _rest[(end + 3)..];
                }
                else if (_rest.StartsWith("<!--"u8))
                {
                    _rest = _rest[4..];
                    if (!SkipPast("-->"u8)) return false;
                }
                else if (_rest.StartsWith("<?"u8))
                {
                    if (!SkipPast("?>"u8)) return false;
                }
                else
                {
                    if (_rest.StartsWith("<!"u8) || Element(depth + 1) is not { } child) return false;
                    element.Add(child);
                }
            }
        }

        private bool End(ReadOnlySpan<byte> name)
        {
            _rest = _rest[2..];
            if (!_rest.StartsWith(name)) return false;
            _rest = _rest[name.Length..].TrimStart(" \t\r\n"u8);
            if (_rest.IsEmpty || _rest[0] != '>') return false;
            _rest = _rest[1..];
            return true;
        }

        /// <summary>Attributes mean nothing to us; they only have to be in order.</summary>
        private bool SkipAttributes(out bool empty)
        {
            empty = false;
            while (true)
            {
                _rest = _rest.TrimStart(" \t\r\n"u8);
                if (_rest.IsEmpty) return false;
                if (_rest[0] == '>')
                {
                    _rest = _rest[1..];
                    return true;
                }

                if (_rest.StartsWith("/>"u8))
                {
                    _rest = _rest[2..];
                    return empty = true;
                }

                var equals = _rest.IndexOf((byte)'=');
                if (equals <= 0 || !IsName(_rest[..equals].TrimEnd(" \t\r\n"u8))) return false;
                _rest = _rest[(equals + 1)..].TrimStart(" \t\r\n"u8);
                if (_rest.IsEmpty || (_rest[0] != '"' && _rest[0] != '\'')) return false;
                var quote = _rest[0];
                var close = _rest[1..].IndexOf(quote);
                if (close < 0 || _rest.Slice(1, close).Contains((byte)'<')) return false;
                _rest = _rest[(close + 2)..];
            }
        }

        private bool SkipPast(ReadOnlySpan<byte> mark)
        {
            var at = _rest.IndexOf(mark);
            if (at < 0) return false;
            _rest = _rest[(at + mark.Length)..];
            return true;
        }
    }

    private static bool IsName(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || !(char.IsAsciiLetter((char)name[0]) || name[0] is (byte)'_' or >= 0x80)) return false;
        foreach (var c in name)
            if (!(char.IsAsciiLetterOrDigit((char)c) || c is (byte)'_' or (byte)'-' or (byte)'.' or (byte)':' or >= 0x80)) return false;
        return true;
    }

    private static string Newlines(string text) =>
        text.Contains('\r', StringComparison.Ordinal) ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n') : text;

    private static bool TryText(ReadOnlySpan<byte> bytes, out string text)
    {
        text = Newlines(Encoding.UTF8.GetString(bytes));
        if (!text.Contains('&', StringComparison.Ordinal)) return true;
        var decoded = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        for (var at = rest.IndexOf('&'); at >= 0; at = rest.IndexOf('&'))
        {
            decoded.Append(rest[..at]);
            rest = rest[(at + 1)..];
            var end = rest.IndexOf(';');
            if (end < 0 || !TryEntity(rest[..end], out var rune)) return false;
            decoded.Append(rune.ToString());
            rest = rest[(end + 1)..];
        }

        text = decoded.Append(rest).ToString();
        return true;
    }

    private static bool TryEntity(ReadOnlySpan<char> name, out Rune rune)
    {
        rune = new Rune(name switch { "lt" => '<', "gt" => '>', "amp" => '&', "quot" => '"', "apos" => '\'', _ => '\0' });
        if (rune.Value != 0) return true;
        if (name.Length < 2 || name[0] != '#') return false;
        var hex = name[1] == 'x';
        if (!int.TryParse(name[(hex ? 2 : 1)..], hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            return false;
        // A number that is no character (half a surrogate pair, say) is shown as one that could not be read.
        rune = Rune.IsValid(code) && code != 0 ? new Rune(code) : Rune.ReplacementChar;
        return true;
    }
}
