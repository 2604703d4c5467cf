using WuShe.Dialogs.Understanding.Model;

namespace WuShe.Dialogs.Understanding.Training;

/// <summary>Trains everything from utterances: intent, category of reports, danger, places and times.</summary>
public static class ModelTrainer
{
    /// <summary>Trains and returns an understanding that uses the new model. The same utterances in the same order give the same model.</summary>
    public static ModelUnderstanding Train(IReadOnlyList<Utterance> utterances) => Train(utterances, []);

    /// <summary>The same with lessons, which count for intent and category and for nothing else.</summary>
    public static ModelUnderstanding Train(IReadOnlyList<Utterance> utterances, IReadOnlyList<Lesson> lessons) =>
        new(Model(utterances, lessons, LanguageModel.OwnLexicon()));

    private static LanguageModel Model(IReadOnlyList<Utterance> utterances, IReadOnlyList<Lesson> lessons, Lexicon lexicon)
    {
        var taught = lessons.Select(lesson => (Lesson: lesson, Features: FeaturesOf(lesson.Text, lexicon))).Where(example => example.Features.Length > 0).ToList();
        var examples = utterances.Select(utterance => (Utterance: utterance, Features: FeaturesOf(utterance.Text, lexicon))).Where(example => example.Features.Length > 0).ToList();
        LinearClassifier? intent = null, category = null, danger = null;
        SpanTagger? tagger = null;
        // Each trains on one thread, so that the same data give the same model; side by side they keep every core busy.
        Parallel.Invoke(
            () => category = ClassifierTrainer.Train([
                .. examples.Where(example => example.Utterance.Category is not null).Select(example => (example.Features, example.Utterance.Category!)),
                .. taught.Where(example => example.Lesson.Category is not null).Select(example => (example.Features, example.Lesson.Category!))]),
            () => intent = ClassifierTrainer.Train(
                [.. examples.Select(example => (example.Features, example.Utterance.Intent)), .. taught.Select(example => (example.Features, example.Lesson.Intent))]),
            () => danger = ClassifierTrainer.Train([.. examples.Select(example => (example.Features, example.Utterance.Danger ?? LanguageModel.Safe))]),
            () => tagger = TaggerTrainer.Train(utterances, lexicon));
        return new LanguageModel(lexicon, intent!, category!, danger!, tagger!);
    }

    internal static ulong[] FeaturesOf(string text, Lexicon lexicon)
    {
        Span<char> letters = stackalloc char[Sentence.MaxLength];
        Span<short> origins = stackalloc short[Sentence.MaxLength];
        var features = new HashSet<ulong>();
        Features.Of(new Sentence(text, letters, origins), lexicon, features);
        return [.. features];
    }
}
