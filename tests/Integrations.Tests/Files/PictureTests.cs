using System.Text;
using SkiaSharp;
using WuShe.Integrations.Files;
using WuShe.Services.Common;

namespace WuShe.Integrations.Tests.Files;

public sealed class PictureTests : IDisposable
{
    private readonly Pictures _pictures = new();

    public void Dispose() => _pictures.Dispose();

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public async Task Becomes_a_jpeg_of_at_most_2048_with_a_thumbnail_of_320(SKEncodedImageFormat format)
    {
        var outcome = await Prepare(Image(3000, 1500, format));
        Assert.Null(outcome.Refusal);
        Assert.Equal((2048, 1024), SizeOf(outcome.Jpeg!));
        Assert.Equal((320, 160), SizeOf(outcome.Thumbnail!));
    }

    [Fact]
    public async Task A_small_picture_keeps_its_size() => Assert.Equal((64, 48), SizeOf((await Prepare(Image(64, 48))).Jpeg!));

    [Fact]
    public async Task The_first_frame_of_a_gif_is_taken()
    {
        var gif = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");
        Assert.Equal((1, 1), SizeOf((await Prepare(gif)).Jpeg!));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    [InlineData(5, 0)]
    [InlineData(6, 1)]
    [InlineData(7, 2)]
    [InlineData(8, 3)]
    public async Task The_orientation_is_applied_and_nothing_of_the_exif_remains(int orientation, int redCorner)
    {
        // The stored pixels have their red corner top left; corners count clockwise from there.
        var outcome = await Prepare(WithExif(Image(320, 160), orientation));

        using var upright = SKBitmap.Decode(outcome.Jpeg);
        Assert.Equal(orientation < 5 ? (320, 160) : (160, 320), (upright.Width, upright.Height));
        (int X, int Y)[] corners = [(8, 8), (upright.Width - 8, 8), (upright.Width - 8, upright.Height - 8), (8, upright.Height - 8)];
        Assert.Equal(redCorner, Array.FindIndex(corners, c => upright.GetPixel(c.X, c.Y) is { Red: > 150, Blue: < 100 }));
        Assert.DoesNotContain("Exif", Encoding.Latin1.GetString(outcome.Jpeg!));
        Assert.DoesNotContain("GPS-SECRET", Encoding.Latin1.GetString(outcome.Jpeg!) + Encoding.Latin1.GetString(outcome.Thumbnail!));
    }

    [Fact]
    public async Task What_is_no_picture_is_refused_in_words()
    {
        Assert.Contains("不是照片", (await Prepare(Encoding.UTF8.GetBytes("<svg onload='x'></svg>"))).Refusal);
        Assert.Contains("不是照片", (await Prepare([])).Refusal);
        Assert.Contains("HEIC", (await Prepare([0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0])).Refusal);
        Assert.Contains("不完整", (await Prepare([0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3])).Refusal);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Png)]
    public async Task A_picture_cut_off_is_refused(SKEncodedImageFormat format)
    {
        var whole = Image(800, 600, format);
        Assert.Contains("不完整", (await Prepare(whole[..(whole.Length / 2)])).Refusal);
    }

    [Fact]
    public async Task One_byte_over_the_limit_is_refused_and_the_limit_itself_is_not()
    {
        var jpeg = Image(64, 48);
        Assert.Null((await Prepare([.. jpeg, .. new byte[IPictures.MaxBytes - jpeg.Length]])).Refusal);
        Assert.Contains("10MB", (await Prepare([.. jpeg, .. new byte[IPictures.MaxBytes - jpeg.Length + 1]])).Refusal);
    }

    [Fact]
    public async Task A_picture_that_asks_for_too_many_pixels_is_refused_before_it_is_decoded()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(8000, 6000, SKColorType.Gray8, SKAlphaType.Opaque));
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        Assert.Contains("尺寸太大", (await Prepare(png.ToArray())).Refusal);
    }

    private Task<PictureOutcome> Prepare(byte[] bytes) => _pictures.Prepare(new MemoryStream(bytes), CancellationToken.None);

    private static byte[] Image(int width, int height, SKEncodedImageFormat format = SKEncodedImageFormat.Jpeg)
    {
        using var surface = SKSurface.Create(new SKImageInfo(width, height));
        surface.Canvas.Clear(SKColors.Blue);
        using var red = new SKPaint { Color = SKColors.Red };
        surface.Canvas.DrawRect(0, 0, width / 4f, height / 4f, red);
        using var image = surface.Snapshot();
        using var data = image.Encode(format, 90);
        return data.ToArray();
    }

    /// <summary>A JPEG with an EXIF segment: the orientation and a GPS area reference (tags 0x0112 and 0x8825 → 0x001C).</summary>
    private static byte[] WithExif(byte[] jpeg, int orientation)
    {
        byte[] tiff =
        [
            .. "II"u8, 42, 0, 8, 0, 0, 0,
            2, 0,
            0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0,
            0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0,
            0, 0, 0, 0,
            1, 0,
            0x1C, 0x00, 7, 0, 10, 0, 0, 0, 56, 0, 0, 0,
            0, 0, 0, 0,
            .. "GPS-SECRET"u8,
        ];
        byte[] body = [.. "Exif\0\0"u8, .. tiff];
        var length = body.Length + 2;
        return [0xFF, 0xD8, 0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. body, .. jpeg[2..]];
    }

    private static (int, int) SizeOf(byte[] jpeg)
    {
        using var codec = SKCodec.Create(new MemoryStream(jpeg));
        Assert.Equal(SKEncodedImageFormat.Jpeg, codec.EncodedFormat);
        return (codec.Info.Width, codec.Info.Height);
    }
}
