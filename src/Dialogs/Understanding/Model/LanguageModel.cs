using System.Reflection;
using System.Text;

namespace WuShe.Dialogs.Understanding.Model;

/// <summary>Everything that was learnt, and the lexicon it was learnt with. Immutable.</summary>
internal sealed class LanguageModel(Lexicon lexicon, LinearClassifier intent, LinearClassifier category, LinearClassifier danger, SpanTagger tagger)
{
    /// <summary>The label of the danger classifier for sentences in which nobody is in danger.</summary>
    internal const string Safe = "safe";

    private const string Folder = "WuShe.Dialogs.Understanding.Data.";
    private static readonly byte[] Magic = "WuShe-1\n"u8.ToArray();

    internal Lexicon Lexicon { get; } = lexicon;

    internal LinearClassifier Intent { get; } = intent;

    internal LinearClassifier Category { get; } = category;

    internal LinearClassifier Danger { get; } = danger;

    internal SpanTagger Tagger { get; } = tagger;

    /// <summary>The lexicon that comes with the product.</summary>
    internal static Lexicon OwnLexicon()
    {
        using var text = new StreamReader(Resource("lexicon.txt"));
        return Lexicon.Read(text);
    }

    /// <summary>The model that comes with the product, trained from the utterances in the repository.</summary>
    internal static LanguageModel Own()
    {
        using var file = Resource("understanding.model");
        return Read(file, OwnLexicon());
    }

    internal void Write(Stream to)
    {
        using var writer = new BinaryWriter(to, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        foreach (var classifier in (LinearClassifier[])[Intent, Category, Danger]) Write(writer, classifier);
        WriteArray(writer, Tagger.Features, writer.Write);
        foreach (var weight in Tagger.Weights) writer.Write((Half)weight);
        foreach (var weight in Tagger.Transitions) writer.Write(weight);
    }

    /// <summary>Throws <see cref="InvalidDataException"/> when it is no model of this version.</summary>
    internal static LanguageModel Read(Stream from, Lexicon lexicon)
    {
        using var reader = new BinaryReader(from, Encoding.UTF8, leaveOpen: true);
        if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic)) throw new InvalidDataException("This is no model of this version.");
        var (intent, category, danger) = (ReadClassifier(reader), ReadClassifier(reader), ReadClassifier(reader));
        var features = ReadArray(reader, reader.ReadUInt64);
        var weights = new float[features.Length * SpanTagger.Tags];
        for (var i = 0; i < weights.Length; i++) weights[i] = (float)reader.ReadHalf();
        var transitions = new float[(SpanTagger.Tags + 1) * SpanTagger.Tags];
        for (var i = 0; i < transitions.Length; i++) transitions[i] = reader.ReadSingle();
        return new LanguageModel(lexicon, intent, category, danger, new SpanTagger(features, weights, transitions));
    }

    private static void Write(BinaryWriter writer, LinearClassifier classifier)
    {
        WriteArray(writer, classifier.Labels, writer.Write);
        WriteArray(writer, classifier.Features, writer.Write);
        foreach (var weight in classifier.Weights) writer.Write(weight);
        writer.Write(classifier.Step);
        foreach (var bias in classifier.Biases) writer.Write(bias);
    }

    private static LinearClassifier ReadClassifier(BinaryReader reader)
    {
        var labels = ReadArray(reader, reader.ReadString);
        var features = ReadArray(reader, reader.ReadUInt64);
        var weights = new short[labels.Length * features.Length];
        reader.BaseStream.ReadExactly(System.Runtime.InteropServices.MemoryMarshal.AsBytes(weights.AsSpan()));
        var step = reader.ReadSingle();
        var biases = new float[labels.Length];
        for (var i = 0; i < biases.Length; i++) biases[i] = reader.ReadSingle();
        return new LinearClassifier(labels, features, weights, step, biases);
    }

    private static void WriteArray<T>(BinaryWriter writer, T[] items, Action<T> write)
    {
        writer.Write(items.Length);
        foreach (var item in items) write(item);
    }

    private static T[] ReadArray<T>(BinaryReader reader, Func<T> read)
    {
        var items = new T[reader.ReadInt32()];
        for (var i = 0; i < items.Length; i++) items[i] = read();
        return items;
    }

    private static Stream Resource(string name) =>
        Assembly.GetExecutingAssembly().GetManifestResourceStream(Folder + name) ?? throw new InvalidOperationException($"{name} is not embedded.");
}
