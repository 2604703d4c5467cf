namespace WuShe.Integrations.Files;

internal enum PictureKind
{
    None,
    Jpeg,
    Png,
    WebP,
    Gif,

    /// <summary>HEIC and its kin, as phones of one maker store photos: recognised to be refused with clear words.</summary>
    Heif,
}

/// <summary>What bytes are, by their first ones; names and declared types are not asked.</summary>
internal static class PictureKinds
{
    public static PictureKind Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return PictureKind.Jpeg;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])) return PictureKind.Png;
        if (bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8)) return PictureKind.Gif;
        if (bytes.Length < 12) return PictureKind.None;
        if (bytes.StartsWith("RIFF"u8) && bytes[8..12].SequenceEqual("WEBP"u8)) return PictureKind.WebP;
        return bytes[4..8].SequenceEqual("ftyp"u8) && IsHeif(bytes[8..12]) ? PictureKind.Heif : PictureKind.None;
    }

    private static bool IsHeif(ReadOnlySpan<byte> brand) =>
        brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("hevc"u8)
        || brand.SequenceEqual("heif"u8) || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8) || brand.SequenceEqual("avif"u8);
}
