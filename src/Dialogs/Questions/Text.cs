using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Understanding;

namespace WuShe.Dialogs.Questions;

/// <summary>Free words.</summary>
public static class Text
{
    /// <summary>Longer words are cut at <paramref name="maxLength"/> characters, and the person is told.</summary>
    public static Question<string> Of(string prompt, int maxLength = 500) => new TextQuestion(prompt, maxLength);
}

internal sealed class TextQuestion(string prompt, int maxLength) : Question<string>(prompt)
{
    protected internal override bool TakesAnything => true;

    protected internal override string Hint => "请用文字回答，一两句话就行。";

    protected internal override Reading<string> Read(Input input) => Find(input.Text);

    protected internal override Reading<string> Find(string words)
    {
        if (!Plain.HasWords(words)) return default;
        var limited = Plain.Limit(words, maxLength);
        return Reading.Of<string>(limited.Text, limited.Cut ? Phrases.CutAt(maxLength) : null);
    }
}
