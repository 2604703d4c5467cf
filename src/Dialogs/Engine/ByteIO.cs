using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace WuShe.Dialogs.Engine;

/// <summary>Writes numbers in as few bytes as they need, and text with its length before it.</summary>
internal readonly struct ByteWriter(ArrayBufferWriter<byte> to)
{
    public void Byte(byte value)
    {
        to.GetSpan(1)[0] = value;
        to.Advance(1);
    }

    public void Int(long value)
    {
        // Zigzag, so that -1 stays short.
        var rest = (ulong)((value << 1) ^ (value >> 63));
        while (rest >= 0x80)
        {
            Byte((byte)(rest | 0x80));
            rest >>= 7;
        }
        Byte((byte)rest);
    }

    public void Fixed(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(to.GetSpan(4), value);
        to.Advance(4);
    }

    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Int(length);
        Encoding.UTF8.GetBytes(value, to.GetSpan(length));
        to.Advance(length);
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Int(value.Length);
        value.CopyTo(to.GetSpan(value.Length));
        to.Advance(value.Length);
    }
}

/// <summary>Reads what <see cref="ByteWriter"/> wrote; throws <see cref="FormatException"/> where the bytes end early or make no sense.</summary>
internal struct ByteReader(ReadOnlyMemory<byte> from)
{
    private int _at;

    public readonly bool AtEnd => _at == from.Length;

    public byte Byte() => Take(1).Span[0];

    public long Int()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return (long)(value >> 1) ^ -(long)(value & 1);
        }
        throw new FormatException("A number is too long.");
    }

    public int Count(int max)
    {
        var count = Int();
        return count >= 0 && count <= max ? (int)count : throw new FormatException("A count is out of range.");
    }

    public uint Fixed() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4).Span);

    public string Text()
    {
        var length = Count(from.Length);
        return length == 0 ? "" : Encoding.UTF8.GetString(Take(length).Span);
    }

    public ReadOnlyMemory<byte> Bytes() => Take(Count(from.Length));

    private ReadOnlyMemory<byte> Take(int count)
    {
        if (count > from.Length - _at) throw new FormatException("The bytes end early.");
        var taken = from.Slice(_at, count);
        _at += count;
        return taken;
    }
}
