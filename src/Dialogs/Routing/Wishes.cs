using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Understanding;

namespace WuShe.Dialogs.Routing;

/// <summary>Acts on what somebody wants, said in words of their own: opens its dialog, mends, remembers, or asks which of two.</summary>
internal sealed class Wishes(DialogCatalog catalog)
{
    /// <summary>From this probability on an intent is acted on.</summary>
    internal const double Sure = 0.45;

    /// <summary>Below this one the person is asked where a second intent is likely too.</summary>
    private const double VerySure = 0.65;

    private const double LikelySecond = 0.25;

    /// <summary>Words that would be an answer as well must be surer to count as another wish.</summary>
    private const double SureInTheMiddle = 0.7;
    private const double SureWhileTelling = 0.9;

    private const int WorthASecond = 8;

    private static readonly string[] MarksOfASecond = ["还有", "另外", "对了", "顺便", "再报", "再帮我", "还想", "又想起"];

    /// <summary>What words said while a question is open want instead of answering it; null when they count as the answer.</summary>
    internal static string? Instead(PendingQuestion pending, string text, Understood read)
    {
        var telling = pending.Is(QuestionTraits.AboutAnything);
        if (read.Intent.Confidence < (telling ? SureWhileTelling : SureInTheMiddle)) return null;
        return read.Intent.Code switch
        {
            Intents.None => null,
            Intents.Report => telling || !IsASecond(text) ? null : Intents.Report,
            // Whatever troubles somebody may be told to staff, also what the bot does not serve.
            Intents.Lawyer or Intents.Volunteer or Intents.Notice or Intents.Help when telling => null,
            var code => code,
        };
    }

    /// <summary>
    /// What words want that do not fit the open question; null when they count as a miss. A second report must be said at
    /// some length: 「没有照片」 is none.
    /// </summary>
    internal static string? Besides(PendingQuestion pending, string text, Understood read) => read.Intent switch
    {
        { Code: Intents.None } or { Confidence: < Sure } => null,
        // Where any words would do, somebody goes on telling of the first trouble.
        { Code: Intents.Report } when pending.Is(QuestionTraits.TakesAnything) => null,
        { Code: Intents.Report } report => IsASecond(text) || (report.Confidence >= SureInTheMiddle && text.Length >= WorthASecond) ? Intents.Report : null,
        var other => other.Code,
    };

    /// <summary>Null when nothing serves the intent here and now.</summary>
    internal Task? Serve(Talk talk, Input input, string intent)
    {
        if (catalog.ForIntent(intent) is { } entry)
        {
            return talk.State.Runs.Exists(run => run.Dialog == entry.Name) && input.Text.Length > 0
                ? Remember(talk, entry, input.Text).AsTask()
                : talk.Open(entry, input.Text, input.Attachments).AsTask();
        }
        switch (intent)
        {
            case Intents.Human: return Mending.Mend(talk, catalog, Repair.Human).AsTask();
            case Intents.Help: return Mending.Mend(talk, catalog, Repair.Menu).AsTask();
            case Intents.Repeat: return Mending.Mend(talk, catalog, Repair.Repeat).AsTask();
            case Intents.Cancel when talk.State.Top is not null: return Mending.Mend(talk, catalog, Repair.Cancel).AsTask();
            case Intents.Back when talk.State.Top is not null: return Mending.Mend(talk, catalog, Repair.Change).AsTask();
            case Intents.Cancel or Intents.Back: return Router.Again(talk, Phrases.NothingOpen).AsTask();
            case Intents.Lawyer or Intents.Volunteer or Intents.Notice:
                return Router.Again(talk, Phrases.NotYet).AsTask();
            default: return null;
        }
    }

    /// <summary>
    /// Asks which of two likely wishes is meant, with a button for each, and one for going on with what is open; false when one
    /// is clear or only one can be served.
    /// </summary>
    internal bool AskWhich(Talk talk, string words, Understood read)
    {
        if (read.Intent.Confidence >= VerySure || read.Second is not { Confidence: >= LikelySecond } second) return false;
        if (Label(read.Intent.Code) is not { } first || Label(second.Code) is not { } other || first == other) return false;
        List<Way> ways = [new Way(first, read.Intent.Code), new Way(other, second.Code)];
        if (talk.State.Top is not null) ways.Add(new Way(Phrases.GoOnButton, Way.GoOn));
        talk.Offer(words, ways, Phrases.WhichOfTwo);
        return true;
    }

    private string? Label(string intent) => catalog.ForIntent(intent)?.Title ?? intent switch
    {
        Intents.Human => Phrases.ToHuman,
        Intents.Help => Phrases.HelpButton,
        _ => null,
    };

    private static bool IsASecond(string text)
    {
        foreach (var mark in MarksOfASecond)
            if (text.Contains(mark, StringComparison.Ordinal)) return true;
        return false;
    }

    /// <summary>One thing at a time: a second wish of the same kind comes when the first is done.</summary>
    private static ValueTask Remember(Talk talk, DialogEntry entry, string words) =>
        Router.Again(talk, talk.Park(new Parked(entry.Name, null, words)) ? Phrases.Later(words) : Phrases.TooManyLater);
}
