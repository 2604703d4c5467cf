using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace WuShe.Services.Common;

/// <summary>
/// What a printed code that people scan is about: a kind (a building's entrance, an activity, a lawyer's desk) and which one.
/// It hangs on walls for years: kinds are renamed never, and name no dialog; the dialog that a kind opens says so in its manifest.
/// </summary>
/// <param name="Kind">Lower-case words joined by hyphens.</param>
/// <param name="Id">Letters, digits and hyphens.</param>
public sealed partial record Scene(string Kind, string Id)
{
    /// <summary>A building's entrance; the id is the building's, 32 hex digits.</summary>
    public const string Entrance = "entrance";

    /// <summary>Characters that a platform keeps.</summary>
    public const int MaxLength = 64;

    public static Scene OfEntrance(Guid building) => new(Entrance, building.ToString("N"));

    /// <summary><c>kind:id</c>, as codes carry it and as <see cref="Dialogs.Engine.Chat.Argument"/> of the dialog that it opens reads.</summary>
    public override string ToString() => $"{Kind}:{Id}";

    public static bool TryParse(string? text, [NotNullWhen(true)] out Scene? scene)
    {
        scene = text is { Length: <= MaxLength } && Shape().Match(text) is { Success: true } match ? new Scene(match.Groups[1].Value, match.Groups[2].Value) : null;
        return scene is not null;
    }

    [GeneratedRegex("^([a-z]+(?:-[a-z]+)*):([A-Za-z0-9-]+)\\z")]
    private static partial Regex Shape();
}

/// <summary>Makes codes that people scan with a phone, and that open a conversation about their scene.</summary>
public interface ISceneCodes
{
    /// <summary>The accounts whose codes can be made; people who scan one talk to that account.</summary>
    IReadOnlyList<string> Accounts { get; }

    /// <summary>The code of a scene, the same on every call; lasts until the account ends.</summary>
    Task<SceneCode> Of(string account, Scene scene, CancellationToken ct);
}

/// <summary>Where no account is connected.</summary>
internal sealed class NoSceneCodes : ISceneCodes
{
    public IReadOnlyList<string> Accounts => [];

    public Task<SceneCode> Of(string account, Scene scene, CancellationToken ct) => Task.FromResult(new SceneCode(null, "还没有接上公众号。"));
}

/// <summary>Either what the picture of a code holds, or why there is none, in words for staff.</summary>
public sealed record SceneCode(string? Content, string Refusal = "");
