using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Understanding;

namespace WuShe.Dialogs.Routing;

/// <summary>
/// Decides what a message is for. In this order: danger, a way that was offered, an act that failed, repair words, the open
/// question (or what interrupts it: a correction, an opening phrase, another wish), opening phrases, what was understood.
/// </summary>
internal sealed class Router(
    DialogCatalog catalog, IUnderstanding? understanding, ISecondOpinion? second, IUnclear? unclear, TimeSpan askAgainAfter)
{
    // Shorter words are answers, or named plainly.
    private const int WorthReading = 4;

    /// <summary>So many misses in a row bring in a person.</summary>
    private const int TooManyMisses = 2;

    /// <summary>Small talk is no miss, but whoever keeps at it may need a person.</summary>
    private const int TooMuchSmallTalk = 3;

    private static readonly TimeSpan GreetAgainAfter = TimeSpan.FromHours(24);

    private readonly Wishes _wishes = new(catalog);

    internal async ValueTask Route(Talk talk, Input input, TimeSpan idle)
    {
        // First of all, whatever is being talked about.
        var read = IsSentence(talk.State, input) ? understanding?.Read(input.Text) : null;
        if (DangerIn(talk, input.Text, read) is { } danger && await Alarm(talk, input, danger)) return;
        await (input.Kind switch
        {
            InputKind.Joined => Greet(talk, idle),
            InputKind.Opened => Opened(talk, input),
            InputKind.Unusable => Again(talk, Phrases.Unusable(input.Text)),
            _ => Said(talk, input, read, idle),
        });
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

    private ValueTask Opened(Talk talk, Input input)
    {
        var name = input.Opens ?? "";
        if (catalog.Find(name) is { } entry) return talk.Open(entry, input.Text, input.Attachments, input.Argument);
        return catalog.ForScene(name) is { } scened
            ? talk.Open(scened, input.Text, input.Attachments, $"{name}:{input.Argument}")
            : Again(talk, Phrases.Gone);
    }

    /// <summary>Once staff are alerted and listen, only plain words are another danger: everything said then is about the first.</summary>
    private DangerKind? DangerIn(Talk talk, string text, Understood? read) =>
        ByNumber(text) ?? (read is null || (talk.State.Top is { } run && run.Dialog == catalog.ForAlarm()?.Name) ? Danger.Find(text) : read.Danger);

    /// <summary>Whoever has only digits, or no breath for words, sends the number that people call.</summary>
    private static DangerKind? ByNumber(string text) => text.Length > 8 ? null : Plain.Key(text) switch
    {
        "119" => DangerKind.Fire,
        "120" => DangerKind.Injury,
        "110" => DangerKind.Other,
        "122" => DangerKind.Traffic,
        _ => null,
    };

    /// <summary>Says whom to call and alerts staff; false where the words go on as usual (they answer the alarm's own question).</summary>
    private async ValueTask<bool> Alarm(Talk talk, Input input, DangerKind danger)
    {
        talk.SayFirst(Danger.Call(danger));
        if (catalog.ForAlarm() is not { } alarm || talk.State.Top?.Dialog == alarm.Name) return false;
        await talk.Open(alarm, input.Text, input.Attachments, DangerCodes.Of(danger));
        return true;
    }

    private ValueTask Said(Talk talk, Input input, Understood? read, TimeSpan idle)
    {
        var offer = talk.State.Offer;
        talk.State.Offer = null;
        var picked = Pick(talk.State, input.Text);
        if (!ReferenceEquals(picked, input.Text)) input = input with { Text = picked };
        var bare = input.Attachments.Count == 0 && input.Location is null;
        var key = bare ? Plain.Key(input.Text) : "";
        if (bare && offer?.Taken(input.Text) is { } way) return Take(talk, offer.Words, way);
        var repair = IsOffered(talk.State, input.Text) ? RepairOffered(key) : RepairWords.Of(key);
        if (key == "0" && talk.State.Top is not null) repair = Repair.Back;
        if (RepairWords.Skips(key) && talk.State.Top is { Pending: { } skippable } && skippable.Is(QuestionTraits.Skippable)) repair = Repair.None;
        if (talk.State.Top is { Interrupted: true } && repair != Repair.Human) return TryAgain(talk, repair);
        if (repair != Repair.None) return Mending.Mend(talk, catalog, repair);
        if (talk.State.Top is not { Pending: { } pending } run) return NothingOpen(talk, input, key, read);
        if (bare && Correcting.Correct(talk, run, input, read) is { } correction) return new ValueTask(correction);
        // Words that name none of the answers must not slip into an open question that takes anything.
        if (run.Choosing && pending.Is(QuestionTraits.TakesAnything)) return Mending.Change(talk);
        var choosing = run.Choosing;
        run.Choosing = false;
        if (catalog.OpenedBy(key) is { } other && !IsOffered(talk.State, input.Text)) return talk.Open(other);
        if (read is not null && idle > askAgainAfter) return AskAgain(talk, run, input.Text);
        var skips = pending.Is(QuestionTraits.Skippable) && RepairWords.Skips(key);
        if (bare && read is not null && !skips && pending.Is(QuestionTraits.TakesAnything) && Wishes.Instead(pending, input.Text, read) is { } wish
            && _wishes.Serve(talk, input, wish) is { } served) return new ValueTask(served);
        return input.Attachments.Count > 0 && !pending.TakesPictures
            ? AddPictures(talk, run, input)
            : new ValueTask(Answer(talk, run, input, read, choosing));
    }

    /// <summary>Of words on a button only those that mend any conversation mean what they always mean.</summary>
    private static Repair RepairOffered(string key) => RepairWords.Of(key) is var repair and not (Repair.Skip or Repair.GoOn or Repair.Restore) ? repair : Repair.None;

    /// <summary>Words for the open question; what does not fit it may be another wish, and a second miss brings in a person.</summary>
    private async Task Answer(Talk talk, Run run, Input input, Understood? read, bool choosing)
    {
        if (await talk.Try(new Heard(input))) return;
        var pending = run.Pending!;
        var wish = read is null ? null : Wishes.Besides(pending, input.Text, read);
        // Who was asked which answer to change and says 「那个啥子嘛」 hears that question again, not the one before it.
        if (choosing && (wish is null or Intents.Repeat) && run.Misses++ == 0)
        {
            await Mending.Change(talk);
            return;
        }
        if (wish is not null)
        {
            if (!pending.Is(QuestionTraits.TakesAnything) && _wishes.AskWhich(talk, input.Text, read!)) return;
            if (_wishes.Serve(talk, input, wish) is { } served)
            {
                await served;
                return;
            }
        }
        if (read is not null) unclear?.Note(input.Text, read);
        if (run.Misses + 1 >= TooManyMisses && catalog.ForHandoff() is { } handoff && handoff.Name != run.Dialog)
        {
            run.Misses = 0;
            await BringInAPerson(talk, handoff, input);
            return;
        }
        await talk.Continue(new Heard(input));
    }

    private static ValueTask BringInAPerson(Talk talk, DialogEntry handoff, Input input)
    {
        talk.Say(Phrases.AskAPerson);
        return Plain.HasWords(input.Text) || input.Attachments.Count > 0 ? talk.Open(handoff, input.Text, input.Attachments) : talk.Open(handoff);
    }

    /// <summary>After a long silence words may be about something new.</summary>
    private static ValueTask AskAgain(Talk talk, Run run, string words)
    {
        talk.Offer(words, [new Way(Phrases.GoOnButton, Way.GoOn), new Way(Phrases.AfreshButton, Way.Afresh)], Phrases.StillOpen(talk.Title(run)));
        return default;
    }

    private ValueTask Take(Talk talk, string words, Way way)
    {
        if (way.Means == Way.GoOn) return PutAgain(talk);
        var input = Input.Say(words);
        if (way.Means != Way.Afresh) return _wishes.Serve(talk, input, way.Means) is { } served ? new ValueTask(served) : default;
        return new ValueTask(Afresh(talk, input));
    }

    /// <summary>What was open stays to be restored.</summary>
    private async Task Afresh(Talk talk, Input input)
    {
        var left = talk.State.Top;
        talk.State.Runs.Clear();
        if (left is { Sealed: false }) talk.Say(Phrases.KeptForLater(talk.Title(left)));
        await NothingOpen(talk, input, Plain.Key(input.Text), understanding?.Read(input.Text));
        talk.State.Dropped = left is { Sealed: false } ? left : null;
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
        talk.State.Misses++;
        if (read is { Intent.Confidence: >= Wishes.Sure })
        {
            if (_wishes.AskWhich(talk, input.Text, read)) return default;
            if (_wishes.Serve(talk, input, read.Intent.Code) is { } served) return Understood(talk, served);
        }
        if (input.Attachments.Count > 0 && catalog.ForPictures() is { } pictures) return talk.Open(pictures, input.Text, input.Attachments);
        return new ValueTask(NotUnderstood(talk, input, read));
    }

    private static ValueTask Understood(Talk talk, Task served)
    {
        talk.State.Misses = 0;
        return new ValueTask(served);
    }

    private async Task NotUnderstood(Talk talk, Input input, Understood? read)
    {
        if (read is not null && second is not null && await second.Ask(input.Text, CancellationToken.None) is { } opinion
            && _wishes.Serve(talk, input, opinion.Intent) is { } served)
        {
            await Understood(talk, served);
            return;
        }
        if (read is { Intent.Code: not Intents.None } or { Intent.Confidence: < Wishes.Sure }) unclear?.Note(input.Text, read);
        var smallTalk = read is { Intent: { Code: Intents.None, Confidence: >= Wishes.Sure } };
        if (talk.State.Misses >= (smallTalk ? TooMuchSmallTalk : TooManyMisses) && catalog.ForHandoff() is { } handoff)
        {
            talk.State.Misses = 0;
            await BringInAPerson(talk, handoff, input);
            return;
        }
        talk.SayMenu(smallTalk ? Phrases.AtYourService : Phrases.DontKnow);
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
        if (taker.Room == Entry.Full)
        {
            talk.Say(Phrases.PicturesFull);
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
