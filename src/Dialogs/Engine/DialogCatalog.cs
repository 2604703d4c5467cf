using System.Collections.Frozen;
using WuShe.Dialogs.Routing;
using WuShe.Dialogs.Understanding;

namespace WuShe.Dialogs.Engine;

/// <summary>All dialogs there are. Names or opening phrases that clash stop the start.</summary>
public sealed class DialogCatalog
{
    private readonly FrozenDictionary<string, DialogEntry> _byName;
    private readonly FrozenDictionary<string, DialogEntry> _byPhrase;
    private readonly FrozenDictionary<string, DialogEntry> _byIntent;
    private readonly FrozenDictionary<string, DialogEntry> _byScene;

    /// <summary>Throws <see cref="ArgumentException"/> naming both dialogs that share a name, title, opening phrase, intent or kind of scanned code.</summary>
    public DialogCatalog(IEnumerable<DialogEntry> entries)
    {
        Entries = [.. entries];
        var names = new Dictionary<string, DialogEntry>(StringComparer.Ordinal);
        var phrases = new Dictionary<string, DialogEntry>(StringComparer.Ordinal);
        foreach (var entry in Entries)
        {
            if (!names.TryAdd(entry.Name, entry))
                throw new ArgumentException($"Two dialogs are named {entry.Name}: {names[entry.Name].Title} and {entry.Title}.");
            foreach (var phrase in entry.OpensOn.Append(entry.Title)) Add(phrases, phrase, entry);
        }
        var intents = new Dictionary<string, DialogEntry>(StringComparer.Ordinal);
        foreach (var entry in Entries)
            foreach (var intent in entry.Intents)
                if (!intents.TryAdd(intent, entry)) throw new ArgumentException($"Dialogs {intents[intent].Name} and {entry.Name} both open on the intent {intent}.");
        var scenes = new Dictionary<string, DialogEntry>(StringComparer.Ordinal);
        foreach (var entry in Entries)
            foreach (var scene in entry.Scenes)
                if (names.ContainsKey(scene) || !scenes.TryAdd(scene, entry)) throw new ArgumentException($"Two dialogs open on codes of the kind {scene}.");
        _byScene = scenes.ToFrozenDictionary(StringComparer.Ordinal);
        _byIntent = intents.ToFrozenDictionary(StringComparer.Ordinal);
        _byName = names.ToFrozenDictionary(StringComparer.Ordinal);
        _byPhrase = phrases.ToFrozenDictionary(StringComparer.Ordinal);
        Menu = [.. Entries.Where(entry => entry.OnMenu).Select(entry => entry.Title)];
    }

    public IReadOnlyList<DialogEntry> Entries { get; }

    /// <summary>The titles that the greeting and the menu offer.</summary>
    public IReadOnlyList<string> Menu { get; }

    public DialogEntry? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The dialog whose title or opening phrase the words are, as a whole.</summary>
    internal DialogEntry? OpenedBy(string key) => key.Length is > 0 and <= 40 ? _byPhrase.GetValueOrDefault(key) : null;

    /// <summary>The dialog that recognises free words best, if any does well enough.</summary>
    internal DialogEntry? Recognise(string text)
    {
        const double Sure = 0.5;
        var (best, score) = (default(DialogEntry), Sure);
        foreach (var entry in Entries)
            if (entry.Opener?.Opens(text) is { } found && found >= score && (best is null || found > score)) (best, score) = (entry, found);
        return best ?? StartsWithPhrase(text);
    }

    internal DialogEntry? ForScene(string kind) => _byScene.GetValueOrDefault(kind);

    internal DialogEntry? ForIntent(string intent) => _byIntent.GetValueOrDefault(intent);

    internal DialogEntry? ForPictures() => Entries.FirstOrDefault(entry => entry.TakesPictures);

    internal DialogEntry? ForHandoff() => Entries.FirstOrDefault(entry => entry.HandsOver);

    internal DialogEntry? ForAlarm() => Entries.FirstOrDefault(entry => entry.Alarms);

    private DialogEntry? StartsWithPhrase(string text)
    {
        foreach (var entry in Entries)
            foreach (var phrase in entry.OpensOn)
                if (text.Length > phrase.Length && text.StartsWith(phrase, StringComparison.Ordinal)
                    && text[phrase.Length] is ' ' or '\n' or ',' or ':' or '\uFF0C' or '\uFF1A' or '。' or '、' or '\uFF01') return entry;
        return null;
    }

    private static void Add(Dictionary<string, DialogEntry> phrases, string phrase, DialogEntry entry)
    {
        var key = Plain.Key(phrase);
        if (RepairWords.Of(key) is not Repair.None and not Repair.Human)
            throw new ArgumentException($"Dialog {entry.Name} opens on {phrase}, a word that every conversation understands in its own way.");
        if (!phrases.TryAdd(key, entry) && phrases[key] != entry)
            throw new ArgumentException($"Dialogs {phrases[key].Name} and {entry.Name} both open on {phrase}.");
    }
}
