using MudBlazor;

namespace WuShe.Bot.Console;

/// <summary>Teal for what can be done, cinnabar red for what presses, on warm paper. The same colours stand in console.css.</summary>
internal static class ConsoleTheme
{
    private static readonly string[] Fonts =
        ["PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "system-ui", "sans-serif"];

    public static readonly MudTheme Theme = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0f6b66",
            Secondary = "#a9362a",
            Error = "#a9362a",
            Success = "#2c6e49",
            Warning = "#94600a",
            Info = "#2b5f8a",
            Background = "#f6f4ef",
            Surface = "#ffffff",
            AppbarBackground = "#ffffff",
            AppbarText = "#1f2d2c",
            DrawerBackground = "#f6f4ef",
            DrawerText = "#1f2d2c",
            DrawerIcon = "#4c5c5a",
            TextPrimary = "#1f2d2c",
            TextSecondary = "#4c5c5a",
            LinesDefault = "#e2ddd2",
            LinesInputs = "#8b9794",
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px", AppbarHeight = "64px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Fonts, FontSize = "1rem", LineHeight = "1.6" },
            Body1 = new Body1Typography { FontFamily = Fonts, FontSize = "1rem", LineHeight = "1.6" },
            Body2 = new Body2Typography { FontFamily = Fonts, FontSize = "1rem", LineHeight = "1.6" },
            Button = new ButtonTypography { FontFamily = Fonts, FontSize = "1rem", FontWeight = "600", TextTransform = "none" },
        },
    };
}
