using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Understanding;

namespace WuShe.Dialogs.Routing;

/// <summary>
/// Decides what a message is for. In this order: danger, an act that failed, repair words, the open question (or an opening
/// phrase that interrupts it), opening phrases, what was understood.
/// </summary>
internal sealed class Router(DialogCatalog catalog, IUnderstanding? understanding, ISecondOpinion? second, IUnclear? unclear)
{
    // Shorter words are answers, or named plainly.
    private const int WorthReading = 4;

    /// <summary>From this probability on an intent is acted on.</summary>
    private const double Sure = 0.45;

    private static readonly TimeSpan GreetAgainAfter = TimeSpan.FromHours(24);

    internal ValueTask Route(Talk talk, Input input, TimeSpan idle)
    {
        // First of all, whatever is being talked about.
        var read = IsSentence(talk.State, input) ? understanding?.Read(input.Text) : null;
        if ((Danger.Find(input.Text) ?? read?.Danger) is { } danger) talk.Say(Danger.Call(danger));
        return input.Kind switch
        {
            InputKind.Joined => Greet(talk, idle),
            InputKind.Opened => Opened(talk, input),
            InputKind.Unusable => Again(talk, Phrases.Unusable(input.Text)),
            _ => Said(talk, input, read),
        };
    }

    /// <summary>Says something and puts the open question again, or offers the menu when none is open.</summary>
    internal static ValueTask Again(Talk talk, string text)
    {
        if (talk.State.Top is null)
        {
            talk.SayMenu(text);
            return default;
        }
        talk.Say(text);
        return PutAgain(talk);
    }

    internal static ValueTask PutAgain(Talk talk)
    {
        if (talk.State.Top is not { Interrupted: true }) return talk.Continue(default);
        talk.SayNotDone();
        return default;
    }

    private static ValueTask Greet(Talk talk, TimeSpan idle)
    {
        var again = talk.State.Greeted && idle < GreetAgainAfter;
        talk.State.Greeted = true;
        if (!again && talk.State.Top is null) talk.SayMenu(Phrases.Greeting);
        return default;
    }

    private ValueTask Opened(Talk talk, Input input) =>
        catalog.Find(input.Opens ?? "") is { } entry
            ? talk.Open(entry, input.Text, input.Attachments, input.Argument)
            : Again(talk, Phrases.Gone);

    private ValueTask Said(Talk talk, Input input, Understood? read)
    {
        var picked = Pick(talk.State, input.Text);
        if (!ReferenceEquals(picked, input.Text)) input = input with { Text = picked };
        var bare = input.Attachments.Count == 0 && input.Location is null;
        var key = bare ? Plain.Key(input.Text) : "";
        var repair = RepairWords.Of(key);
        if (talk.State.Top is { Interrupted: true } && repair != Repair.Human) return TryAgain(talk, repair);
        if (repair != Repair.None) return Mending.Mend(talk, catalog, repair);
        if (talk.State.Top is not { Pending: { } pending } run) return NothingOpen(talk, input, key, read);
        if (bare && Mending.Correct(talk, run, input) is { } correction) return new ValueTask(correction);
        run.Choosing = false;
        if (catalog.OpenedBy(key) is { } other && !IsOffered(talk.State, input.Text)) return talk.Open(other);
        return input.Attachments.Count > 0 && !pending.TakesPictures
            ? AddPictures(talk, run, input)
            : talk.Continue(new Heard(input));
    }

    /// <summary>Something was to be performed and failed or broke off: any word tries again, 算了 gives up.</summary>
    private static ValueTask TryAgain(Talk talk, Repair repair)
    {
        if (repair != Repair.Cancel) return talk.Continue(default);
        talk.Say(Phrases.GivenUp);
        return talk.Drop();
    }

    private ValueTask NothingOpen(Talk talk, Input input, string key, Understood? read)
    {
        // Without an open question a run only waits to be replayed (its turn broke off).
        if (talk.State.Top is not null) return talk.Continue(default);
        if (catalog.OpenedBy(key) is { } named) return talk.Open(named);
        if (catalog.Recognise(input.Text) is { } recognised) return talk.Open(recognised, input.Text, input.Attachments);
        if (read is { Intent.Confidence: >= Sure } && Meant(talk, input, read.Intent.Code) is { } understood) return new ValueTask(understood);
        if (input.Attachments.Count > 0 && catalog.ForPictures() is { } pictures) return talk.Open(pictures, input.Text, input.Attachments);
        if (read is not null) return new ValueTask(NotUnderstood(talk, input, read));
        talk.SayMenu(Phrases.DontKnow);
        return default;
    }

    private async Task NotUnderstood(Talk talk, Input input, Understood read)
    {
        if (second is not null && await second.Ask(input.Text, CancellationToken.None) is { } opinion && Meant(talk, input, opinion.Intent) is { } understood)
        {
            await understood;
            return;
        }
        unclear?.Note(input.Text, read);
        talk.SayMenu(Phrases.DontKnow);
    }

    /// <summary>Acts on what somebody wants, said in words of their own; null when nothing serves it here and now.</summary>
    private Task? Meant(Talk talk, Input input, string intent)
    {
        if (catalog.ForIntent(intent) is { } entry) return talk.Open(entry, input.Text, input.Attachments).AsTask();
        switch (intent)
        {
            case Intents.Human: return Mending.Mend(talk, catalog, Repair.Human).AsTask();
            case Intents.Help: return Mending.Mend(talk, catalog, Repair.Menu).AsTask();
            case Intents.Repeat: return Mending.Mend(talk, catalog, Repair.Repeat).AsTask();
            case Intents.Lawyer or Intents.Volunteer or Intents.Notice:
                talk.SayMenu(Phrases.NotYet);
                return Task.CompletedTask;
            default: return null;
        }
    }

    /// <summary>Words of somebody's own: no button, number, opening phrase or repair word.</summary>
    private bool IsSentence(ConversationState state, Input input)
    {
        if (understanding is null || input.Kind != InputKind.Said || input.Text.Length < WorthReading) return false;
        var key = Plain.Key(input.Text);
        return RepairWords.Of(key) == Repair.None && catalog.OpenedBy(key) is null && !Numbers.TryRead(key, out _) && !IsOffered(state, input.Text);
    }

    /// <summary>Pictures that the open question does not take go to an earlier answer that has room; words still answer.</summary>
    private static ValueTask AddPictures(Talk talk, Run run, Input input)
    {
        var taker = run.Sealed ? null : run.Answers().LastOrDefault(entry => entry.Room > 0);
        var hasMore = input.Text.Length > 0 || input.Location is not null;
        var heard = new Heard(hasMore ? input with { Attachments = [] } : null);
        if (taker is null)
        {
            talk.Say(Phrases.PicturesNotTaken);
            return talk.Continue(heard);
        }
        var fits = Math.Min(taker.Room, input.Attachments.Count);
        talk.Say(fits == input.Attachments.Count ? Phrases.PicturesAdded : Phrases.SomePicturesAdded(fits));
        return talk.Continue(heard with { Pictures = input.Attachments, PicturesFor = taker.Key });
    }

    /// <summary>The label of the option whose number was said.</summary>
    private static string Pick(ConversationState state, string text)
    {
        var options = LastOptions(state);
        return options.Count > 0 && Numbers.TryRead(text, out var number) && number <= options.Count ? options[number - 1] : text;
    }

    private static bool IsOffered(ConversationState state, string text)
    {
        var options = LastOptions(state);
        for (var i = 0; i < options.Count; i++)
            if (options[i] == text) return true;
        return false;
    }

    private static IReadOnlyList<string> LastOptions(ConversationState state) =>
        state.LastSaid.Count == 0 ? [] : state.LastSaid[^1].Options;
}
