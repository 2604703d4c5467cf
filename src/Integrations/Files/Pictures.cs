using System.Buffers;
using SkiaSharp;
using WuShe.Services.Common;

namespace WuShe.Integrations.Files;

/// <summary>
/// Pictures by SkiaSharp. What is kept is painted anew and encoded anew: nothing of the file that came, neither place nor
/// device nor hidden bytes, remains.
/// </summary>
public sealed class Pictures : IPictures, IDisposable
{
    private const int MaxSide = 2048;
    private const int ThumbnailSide = 320;
    private const int Quality = 85;

    // A file of 10 MB can ask for gigabytes of pixels. JPEG is decoded at a reduced scale; the others have to be whole.
    private const long MaxPixelsJpeg = 200_000_000;
    private const long MaxPixels = 36_000_000;
    private const int AtOnce = 2;

    private static readonly PictureOutcome TooBig = Refused("照片太大了（超过 10MB），请发小一点的照片。");
    private static readonly PictureOutcome TooManyPixels = Refused("照片尺寸太大了，请发小一点的照片，或者截图再发。");
    private static readonly PictureOutcome NoPicture = Refused("这个文件不是照片，请发 JPG 或 PNG 格式的照片。");
    private static readonly PictureOutcome Heif = Refused("这种格式(HEIC)的照片打不开，请截图再发，或者发 JPG 格式的照片。");
    private static readonly PictureOutcome Broken = Refused("照片不完整，打不开，请重新发送。");

    private readonly SemaphoreSlim _turn = new(AtOnce);

    public async Task<PictureOutcome> Prepare(Stream content, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(IPictures.MaxBytes + 1);
        try
        {
            var length = await content.ReadAtLeastAsync(buffer.AsMemory(0, IPictures.MaxBytes + 1), IPictures.MaxBytes + 1, throwOnEndOfStream: false, ct);
            if (length > IPictures.MaxBytes) return TooBig;
            switch (PictureKinds.Of(buffer.AsSpan(0, length)))
            {
                case PictureKind.None: return NoPicture;
                case PictureKind.Heif: return Heif;
            }
            await _turn.WaitAsync(ct);
            try
            {
                return Convert(buffer.AsSpan(0, length));
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Dispose() => _turn.Dispose();

    private static PictureOutcome Convert(ReadOnlySpan<byte> bytes)
    {
        using var data = SKData.CreateCopy(bytes);
        using var codec = SKCodec.Create(data);
        if (codec is null) return Broken;
        var whole = codec.Info;
        if (whole.Width <= 0 || whole.Height <= 0) return Broken;
        var isJpeg = codec.EncodedFormat == SKEncodedImageFormat.Jpeg;
        if ((long)whole.Width * whole.Height > (isJpeg ? MaxPixelsJpeg : MaxPixels)) return TooManyPixels;

        var scaled = isJpeg ? codec.GetScaledDimensions(Eighths(Math.Max(whole.Width, whole.Height))) : whole.Size;
        if ((long)scaled.Width * scaled.Height > MaxPixels) return TooManyPixels;
        using var srgb = SKColorSpace.CreateSrgb();
        using var decoded = new SKBitmap(new SKImageInfo(scaled.Width, scaled.Height, SKColorType.Rgba8888, SKAlphaType.Premul, srgb));
        if (codec.GetPixels(decoded.Info, decoded.GetPixels()) != SKCodecResult.Success) return Broken;

        using var image = SKImage.FromBitmap(decoded);
        using var upright = Paint(image, codec.EncodedOrigin, MaxSide);
        using var small = Paint(upright, SKEncodedOrigin.TopLeft, ThumbnailSide);
        return new PictureOutcome(Encode(upright), Encode(small), null);
    }

    /// <summary>JPEG decodes at eighths of its size: the smallest that is not below the size wanted.</summary>
    private static float Eighths(int side) => Math.Min(8, (int)Math.Ceiling(8.0 * MaxSide / side)) / 8f;

    /// <summary>The picture on white, turned the right way up, at most so long and wide.</summary>
    private static SKImage Paint(SKImage image, SKEncodedOrigin origin, int maxSide)
    {
        var lying = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var scale = Math.Min(1f, (float)maxSide / Math.Max(image.Width, image.Height));
        var width = Math.Max(1, (int)MathF.Round(image.Width * scale));
        var height = Math.Max(1, (int)MathF.Round(image.Height * scale));
        using var srgb = SKColorSpace.CreateSrgb();
        using var surface = SKSurface.Create(new SKImageInfo(lying ? height : width, lying ? width : height, SKColorType.Rgba8888, SKAlphaType.Premul, srgb));
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.Concat(Upright(origin, width, height));
        surface.Canvas.DrawImage(image, SKRect.Create(width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return surface.Snapshot();
    }

    /// <summary>EXIF orientation 1–8 as the movement that undoes it, for a picture of that size before turning.</summary>
    private static SKMatrix Upright(SKEncodedOrigin origin, int width, int height) => origin switch
    {
        SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new SKMatrix(0, -1, height, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, height, -1, 0, width, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, width, 0, 0, 1),
        _ => SKMatrix.Identity,
    };

    private static byte[] Encode(SKImage image)
    {
        using var data = image.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return data.ToArray();
    }

    private static PictureOutcome Refused(string words) => new(null, null, words);
}
