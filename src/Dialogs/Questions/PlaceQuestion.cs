using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Understanding;

namespace WuShe.Dialogs.Questions;

public static class PlaceQuestion
{
    /// <summary>
    /// Words or a sent position. Words already said are no place by themselves: whoever can tell a place from other
    /// words prefills with <see cref="Question{T}.From(bool, T)"/>.
    /// </summary>
    /// <param name="prompt">What is asked.</param>
    /// <param name="isPlace">
    /// Whether words sound like a place at all. Others (「气死人了」) are asked once more and taken as they are the second
    /// time: people know places that nobody wrote down. Pure. Without it any words are a place.
    /// </param>
    public static Question<PlaceAnswer> Of(string prompt, Func<string, bool>? isPlace = null) => new WhereQuestion(prompt, isPlace).Named("地点");
}

internal sealed class WhereQuestion(string prompt, Func<string, bool>? isPlace) : Question<PlaceAnswer>(prompt)
{
    private const int MaxWords = 100;

    protected internal override bool TakesAnything => true;

    protected internal override string Hint => "请写楼号或地名，比如「3栋2单元」，也可以发送位置。";

    protected internal override Reading<PlaceAnswer> Read(Input input)
    {
        var words = Plain.Limit(input.Text, MaxWords);
        var note = words.Cut ? Phrases.CutAt(MaxWords) : null;
        if (input.Location is { } sent)
            return IsOnEarth(sent.Point)
                ? Reading.Of<PlaceAnswer>(new PlaceAnswer(WordsOf(words.Text, sent), sent.Point), note)
                : default;
        if (!Plain.HasWords(words.Text)) return default;
        return Reading.Of<PlaceAnswer>(new PlaceAnswer(words.Text, null), note) with { Doubtful = isPlace?.Invoke(words.Text) == false };
    }

    private static string WordsOf(string text, SentLocation sent) =>
        text.Length > 0 ? text : Plain.Limit(Plain.Clean(sent.Label).Text, MaxWords).Text;

    private static bool IsOnEarth(GeoPoint point) =>
        Math.Abs(point.Latitude) <= 90 && Math.Abs(point.Longitude) <= 180;
}
