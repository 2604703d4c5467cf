using System.Buffers;
using System.IO.Compression;
using System.IO.Hashing;

namespace WuShe.Dialogs.Engine;

/// <summary>
/// A conversation as bytes: format, flags, content, checksum. Written by hand because it is read and written on every turn
/// and must stay small; a new field goes to the end of its part and raises <see cref="Format"/>. The content of long talks is
/// packed (<see cref="Packed"/>): pictures, places and words stand in it more than once.
/// </summary>
internal static class StateFormat
{
    public const byte OpenFlag = 1;
    private const byte Format = 2;

    /// <summary>The same as <see cref="Format"/> but for the content, which is compressed, with its length before it.</summary>
    private const byte Packed = 3;

    /// <summary>Below this most talks stay, and packing would cost more than it saves.</summary>
    private const int PackedFrom = 2048;

    // The lowest that takes account of what letters follow each other; a fifth of a millisecond for the longest report.
    private const int Quality = 5;
    private const int Window = 16;
    private const int MostUnpacked = 1 << 20;
    private const int Head = 2;
    private const int Checksum = 4;

    /// <summary>The oldest format that can still be read: conversations outlive releases.</summary>
    private const byte OldestFormat = 1;
    private const byte GreetedFlag = 2;
    private const byte RemindedFlag = 4;

    [ThreadStatic] private static ArrayBufferWriter<byte>? _scratch;

    public static byte[] Write(ConversationState state)
    {
        var scratch = _scratch ??= new ArrayBufferWriter<byte>(4096);
        scratch.ResetWrittenCount();
        var to = new ByteWriter(scratch);
        to.Byte(Format);
        to.Byte((byte)((state.Runs.Count > 0 ? OpenFlag : 0) | (state.Greeted ? GreetedFlag : 0) | (state.Reminded ? RemindedFlag : 0)));
        to.Int(state.LastAt == default ? 0 : state.LastAt.ToUnixTimeMilliseconds());
        to.Text(state.Expired);
        to.Int(state.Runs.Count);
        foreach (var run in state.Runs) Write(to, run);
        to.Int(state.LastSaid.Count);
        foreach (var message in state.LastSaid) Write(to, message);
        to.Int(state.Waiting.Count);
        foreach (var parked in state.Waiting)
        {
            to.Text(parked.Dialog);
            Optional(to, parked.Argument);
            to.Text(parked.Words);
        }
        WriteOffer(to, state.Offer);
        to.Byte(state.Dropped is null ? (byte)0 : (byte)1);
        if (state.Dropped is { } dropped) Write(to, dropped);
        to.Int(state.Misses);
        if (scratch.WrittenCount >= PackedFrom) scratch = Pack(scratch.WrittenSpan);
        new ByteWriter(scratch).Fixed(XxHash32.HashToUInt32(scratch.WrittenSpan));
        return scratch.WrittenSpan.ToArray();
    }

    private static ArrayBufferWriter<byte> Pack(ReadOnlySpan<byte> state)
    {
        var content = state[Head..];
        var scratch = new ArrayBufferWriter<byte>(BrotliEncoder.GetMaxCompressedLength(content.Length) + Head + sizeof(uint) + Checksum);
        var to = new ByteWriter(scratch);
        to.Byte(Packed);
        to.Byte(state[1]);
        to.Fixed((uint)content.Length);
        BrotliEncoder.TryCompress(content, scratch.GetSpan(), out var length, Quality, Window);
        scratch.Advance(length);
        return scratch;
    }

    private static ReadOnlyMemory<byte> Unpack(ReadOnlyMemory<byte> state)
    {
        var length = new ByteReader(state.Slice(Head, sizeof(uint))).Fixed();
        if (length > MostUnpacked) throw new FormatException("Too long.");
        var unpacked = new byte[Head + length];
        (unpacked[0], unpacked[1]) = (Format, state.Span[1]);
        return BrotliDecoder.TryDecompress(state.Span[(Head + sizeof(uint))..], unpacked.AsSpan(Head), out var written) && written == length
            ? unpacked
            : throw new FormatException("The content cannot be unpacked.");
    }

    /// <summary>Bytes that cannot be read give a fresh state that knows that something was lost.</summary>
    public static ConversationState Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty) return new ConversationState();
        try
        {
            return ReadChecked(bytes);
        }
        catch (FormatException)
        {
            return new ConversationState { Lost = true, Greeted = true };
        }
    }

    private static ConversationState ReadChecked(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < 8) throw new FormatException("Too short.");
        var tail = new ByteReader(bytes[^Checksum..]);
        if (XxHash32.HashToUInt32(bytes.Span[..^Checksum]) != tail.Fixed()) throw new FormatException("The checksum is wrong.");
        var content = bytes[..^Checksum];
        var from = new ByteReader(content.Span[0] == Packed ? Unpack(content) : content);
        var format = from.Byte();
        if (format is < OldestFormat or > Format) throw new FormatException("Another format.");
        var flags = from.Byte();
        var last = from.Int();
        var state = new ConversationState
        {
            Greeted = (flags & GreetedFlag) != 0,
            Reminded = (flags & RemindedFlag) != 0,
            LastAt = last == 0 ? default : DateTimeOffset.FromUnixTimeMilliseconds(last),
            Expired = from.Text(),
        };
        for (var i = from.Count(ConversationState.MaxRuns + 2); i > 0; i--) state.Runs.Add(ReadRun(ref from, format));
        var said = new Message[from.Count(64)];
        for (var i = 0; i < said.Length; i++) said[i] = ReadMessage(ref from);
        state.LastSaid = said;
        for (var i = from.Count(64); i > 0; i--) state.Waiting.Add(new Parked(from.Text(), ReadOptional(ref from), format > 1 ? from.Text() : ""));
        if (format == 1) return state;
        state.Offer = ReadOffer(ref from);
        if (from.Byte() != 0) state.Dropped = ReadRun(ref from, format);
        state.Misses = from.Count(1000);
        return state;
    }

    private static void Write(ByteWriter to, Run run)
    {
        to.Text(run.Id);
        to.Text(run.Dialog);
        to.Int(run.Version);
        to.Int(run.BeganAt.ToUnixTimeMilliseconds());
        to.Text(run.Opening);
        to.Int(run.Pictures.Count);
        foreach (var picture in run.Pictures) to.Text(picture.Id);
        Optional(to, run.Argument);
        to.Byte((byte)((run.Sealed ? 1 : 0) | (run.Interrupted ? 2 : 0) | (run.Choosing ? 4 : 0)
            | (run.Pending is null ? 0 : 8) | (run.Pending is { TakesPictures: true } ? 16 : 0)));
        to.Int(run.Reached);
        to.Int(run.Misses);
        if (run.Pending is { } pending)
        {
            to.Text(pending.Key);
            to.Fixed(pending.Fingerprint);
            to.Text(pending.Name);
            to.Byte((byte)pending.Traits);
        }
        to.Int(run.Entries.Count);
        foreach (var entry in run.Entries) Write(to, entry);
    }

    private static Run ReadRun(ref ByteReader from, byte format)
    {
        var (id, dialog, version) = (from.Text(), from.Text(), (int)from.Int());
        var began = DateTimeOffset.FromUnixTimeMilliseconds(from.Int());
        var opening = from.Text();
        var pictures = new AttachmentRef[from.Count(64)];
        for (var i = 0; i < pictures.Length; i++) pictures[i] = new AttachmentRef(from.Text());
        var argument = ReadOptional(ref from);
        var flags = from.Byte();
        var run = new Run
        {
            Id = id,
            Dialog = dialog,
            Version = version,
            BeganAt = began,
            Opening = opening,
            Pictures = pictures,
            Argument = argument,
            Sealed = (flags & 1) != 0,
            Interrupted = (flags & 2) != 0,
            Choosing = (flags & 4) != 0,
            Reached = (int)from.Int(),
            Misses = from.Count(1000),
            Pending = (flags & 8) == 0 ? null : ReadPending(ref from, (flags & 16) != 0, format),
        };
        for (var i = from.Count(Run.MaxEntries); i > 0; i--) run.Entries.Add(ReadEntry(ref from));
        return run;
    }

    private static PendingQuestion ReadPending(ref ByteReader from, bool takesPictures, byte format) =>
        new(from.Text(), from.Fixed(), from.Text(), takesPictures) { Traits = format > 1 ? (QuestionTraits)from.Byte() : QuestionTraits.None };

    private static void WriteOffer(ByteWriter to, Offer? offer)
    {
        to.Int(offer?.Ways.Count ?? 0);
        if (offer is null) return;
        to.Text(offer.Words);
        foreach (var way in offer.Ways)
        {
            to.Text(way.Label);
            to.Text(way.Means);
        }
    }

    private static Offer? ReadOffer(ref ByteReader from)
    {
        var count = from.Count(8);
        if (count == 0) return null;
        var words = from.Text();
        var ways = new Way[count];
        for (var i = 0; i < count; i++) ways[i] = new Way(from.Text(), from.Text());
        return new Offer(words, ways);
    }

    private static void Write(ByteWriter to, Entry entry)
    {
        to.Text(entry.Key);
        to.Byte((byte)((byte)entry.Kind | (entry.Asked ? 4 : 0) | (entry.Explicit ? 8 : 0) | (entry.Name.Length > 0 ? 16 : 0)));
        to.Fixed(entry.Fingerprint);
        if (entry.Name.Length > 0) to.Text(entry.Name);
        to.Byte(entry.Room);
        to.Bytes(entry.Value.Span);
    }

    private static Entry ReadEntry(ref ByteReader from)
    {
        var key = from.Text();
        var flags = from.Byte();
        var fingerprint = from.Fixed();
        var name = (flags & 16) != 0 ? from.Text() : "";
        var room = from.Byte();
        return new Entry(key, (EntryKind)(flags & 3), fingerprint, from.Bytes())
        {
            Asked = (flags & 4) != 0,
            Explicit = (flags & 8) != 0,
            Name = name,
            Room = room,
        };
    }

    private static void Write(ByteWriter to, Message message)
    {
        to.Text(message.Text);
        to.Int(message.Options.Count);
        for (var i = 0; i < message.Options.Count; i++) to.Text(message.Options[i]);
        Optional(to, message.Picture?.Id);
    }

    private static Message ReadMessage(ref ByteReader from)
    {
        var text = from.Text();
        var options = new string[from.Count(64)];
        for (var i = 0; i < options.Length; i++) options[i] = from.Text();
        return new Message(text) { Options = options, Picture = ReadOptional(ref from) is { } id ? new AttachmentRef(id) : null };
    }

    private static void Optional(ByteWriter to, string? text)
    {
        to.Byte(text is null ? (byte)0 : (byte)1);
        if (text is not null) to.Text(text);
    }

    private static string? ReadOptional(ref ByteReader from) => from.Byte() == 0 ? null : from.Text();
}
