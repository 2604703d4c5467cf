namespace WuShe.Bot.Tests.Browser;

/// <summary>Pictures to upload.</summary>
public static class Pictures
{
    /// <summary>A JPEG of 640 by 480 pixels: a dark stairwell with a lamp.</summary>
    public static byte[] Stairwell { get; } = Draw();

    private static byte[] Draw()
    {
        using var surface = SkiaSharp.SKSurface.Create(new SkiaSharp.SKImageInfo(640, 480));
        surface.Canvas.Clear(new SkiaSharp.SKColor(40, 44, 52));
        using var paint = new SkiaSharp.SKPaint { Color = new SkiaSharp.SKColor(90, 96, 108), IsAntialias = true };
        for (var step = 0; step < 8; step++)
            surface.Canvas.DrawRect(80 * step, 440 - 45 * step, 640, 20, paint);
        paint.Color = new SkiaSharp.SKColor(214, 196, 140);
        surface.Canvas.DrawCircle(150, 90, 34, paint);
        using var image = surface.Snapshot();
        using var data = image.Encode(SkiaSharp.SKEncodedImageFormat.Jpeg, 85);
        return data.ToArray();
    }
}
