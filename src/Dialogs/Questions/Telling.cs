using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Understanding;

namespace WuShe.Dialogs.Questions;

/// <summary>Free words, pictures, or both in one message.</summary>
public sealed record Told(string Words, IReadOnlyList<AttachmentRef> Pictures);

public static class Telling
{
    /// <summary>The most pictures one telling holds.</summary>
    public const int MaxPictures = 9;

    /// <summary><paramref name="examples"/> are offered as buttons: whoever finds no words presses one.</summary>
    public static Question<Told> Of(string prompt, int maxLength = 500, IReadOnlyList<string>? examples = null) =>
        new TellingQuestion(prompt, maxLength, examples ?? []);
}

internal sealed class TellingQuestion(string prompt, int maxLength, IReadOnlyList<string> examples) : Question<Told>(prompt)
{
    protected internal override IReadOnlyList<string> Options => examples;

    protected internal override bool TakesPictures => true;

    protected internal override bool TakesAnything => true;

    protected internal override string Hint => examples.Count == 0
        ? "请用文字说一下，也可以发照片。"
        : "请点一个，或者回复序号；也可以用文字说，发照片也行。";

    protected internal override Reading<Told> Read(Input input)
    {
        if (!Plain.HasWords(input.Text) && input.Attachments.Count == 0) return default;
        // Beside numbered examples a number that none of them has says nothing.
        if (examples.Count > 0 && input.Attachments.Count == 0 && Numbers.TryRead(input.Text, out _)) return default;
        var words = Plain.Limit(input.Text, maxLength);
        var note = words.Cut ? Phrases.CutAt(maxLength)
            : input.Attachments.Count > Telling.MaxPictures ? Phrases.TooManyPictures(Telling.MaxPictures) : null;
        return Reading.Of<Told>(new Told(words.Text, Pictures.Take(input.Attachments, Telling.MaxPictures)), note);
    }

    protected internal override Reading<Told> Find(string words) => Read(new Input { Text = words });

    protected internal override int PictureRoom(Told value) => Telling.MaxPictures - value.Pictures.Count;

    protected internal override Told AddPictures(Told value, IReadOnlyList<AttachmentRef> pictures) =>
        value with { Pictures = Pictures.Join(value.Pictures, pictures, Telling.MaxPictures) };
}
