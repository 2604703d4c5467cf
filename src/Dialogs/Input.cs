namespace WuShe.Dialogs;

/// <summary>What kind of thing arrived.</summary>
public enum InputKind
{
    /// <summary>Words, pictures, a place: something a person said.</summary>
    Said,

    /// <summary>The person opened the chat or followed the account: greet.</summary>
    Joined,

    /// <summary>A menu key, a scanned code or the system itself opens a dialog: see <see cref="Input.Opens"/>.</summary>
    Opened,

    /// <summary>A message whose content cannot be used (voice without text, video, a file, a sticker): see <see cref="Input.Text"/> for its kind in Chinese.</summary>
    Unusable,
}

/// <summary>One message, as every channel hands it to the engine.</summary>
public sealed record Input
{
    public InputKind Kind { get; init; } = InputKind.Said;

    /// <summary>The words, cleaned of control characters; empty when there are none.</summary>
    public string Text { get; init; } = "";

    /// <summary>Pictures that the channel has stored or promised to store.</summary>
    public IReadOnlyList<AttachmentRef> Attachments { get; init; } = [];

    /// <summary>A position sent as such.</summary>
    public SentLocation? Location { get; init; }

    /// <summary>The name of the dialog to open, with <see cref="InputKind.Opened"/>.</summary>
    public string? Opens { get; init; }

    /// <summary>What the opened dialog is about, such as a case id.</summary>
    public string? Argument { get; init; }

    public static Input Say(string text) => new() { Text = text };

    public static Input Join() => new() { Kind = InputKind.Joined };

    public static Input Open(string dialog, string? argument = null) =>
        new() { Kind = InputKind.Opened, Opens = dialog, Argument = argument };
}

/// <summary>A stored file by its id; the bytes stay behind <c>IFileStore</c>.</summary>
public readonly record struct AttachmentRef(string Id);

/// <summary>A position a person sent, with the address text that came with it (may be empty).</summary>
public sealed record SentLocation(GeoPoint Point, string Label);

/// <summary>Which coordinates these are. WeChat and every Chinese map speak GCJ-02; GPS and GeoJSON speak WGS-84.</summary>
public enum Datum
{
    Wgs84,
    Gcj02,
}

/// <summary>A point in degrees, in the datum it says.</summary>
public readonly record struct GeoPoint(double Latitude, double Longitude, Datum Datum);
