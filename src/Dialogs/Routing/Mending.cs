using WuShe.Dialogs.Engine;

namespace WuShe.Dialogs.Routing;

/// <summary>Conversation repair: back, correction, cancel and its undoing, repeat, simpler, a person, the menu. No dialog knows of it.</summary>
internal static class Mending
{
    internal static ValueTask Mend(Talk talk, DialogCatalog catalog, Repair repair)
    {
        if (talk.State.Top is { } run && repair != Repair.Change) run.Choosing = false;
        return repair switch
        {
            Repair.Back => Back(talk),
            Repair.Change => Change(talk),
            Repair.Cancel => Cancel(talk),
            Repair.Repeat => Repeat(talk),
            Repair.Human => Human(talk, catalog),
            Repair.Skip => Put(talk, Putting.Needed),
            Repair.Simpler => Put(talk, Putting.Simply),
            Repair.Slower => Put(talk, Putting.Shortly),
            Repair.Restore => Restore(talk),
            Repair.GoOn => Put(talk, Putting.AsEver),
            _ => Menu(talk),
        };
    }

    private static ValueTask Back(Talk talk)
    {
        if (talk.State.Top is not { } run) return Router.Again(talk, Phrases.NothingOpen);
        if (run.Sealed) return Router.Again(talk, Phrases.AlreadyDone);
        var last = run.Answers().LastOrDefault(entry => entry.Asked) ?? run.Answers().LastOrDefault();
        if (last is null) return Router.Again(talk, Phrases.FirstStep);
        run.TakeBack(last);
        return talk.Continue(default);
    }

    /// <summary>Asks which answer to change, where there are several.</summary>
    internal static ValueTask Change(Talk talk)
    {
        if (talk.State.Top is not { } run) return Router.Again(talk, Phrases.NothingOpen);
        if (run.Sealed) return Router.Again(talk, Phrases.AlreadyDone);
        string[] names = [.. run.Answers().Concat(run.Later()).Select(entry => entry.Name).Where(name => name.Length > 0).Distinct()];
        if (names.Length == 0) return Router.Again(talk, Phrases.NothingToChange);
        if (names.Length == 1 && run.Answers().LastOrDefault(entry => entry.Name == names[0]) is { } only)
        {
            run.TakeBack(only);
            return talk.Continue(default);
        }
        run.Choosing = true;
        talk.Say(new Message(Phrases.WhichToChange) { Options = names });
        return default;
    }

    /// <summary>After something was performed the rest of the dialog can still be left; what is done stays done.</summary>
    private static ValueTask Cancel(Talk talk)
    {
        if (talk.State.Top is not { } run) return Router.Again(talk, Phrases.NothingOpen);
        var title = talk.Title(run);
        talk.Say(run.Sealed ? Phrases.LeftAsItIs(title) : Phrases.Cancelled(title));
        if (!run.Sealed) talk.State.Dropped = run;
        return talk.Drop();
    }

    private static ValueTask Restore(Talk talk)
    {
        if (talk.State.Dropped is not { } run || talk.State.Runs.Count >= ConversationState.MaxRuns) return Router.Again(talk, Phrases.NothingToRestore);
        talk.State.Dropped = null;
        talk.State.Runs.Add(run);
        talk.Say(Phrases.Restored(talk.Title(run)));
        return talk.Continue(default);
    }

    private static ValueTask Repeat(Talk talk)
    {
        if (talk.State.LastSaid is { Count: > 0 } said && said[^1].Text.Length > 0)
        {
            foreach (var message in said) talk.Say(message);
            if (talk.State.Top is { } run && said[^1].Text == Phrases.WhichToChange) run.Choosing = true;
            return default;
        }
        if (talk.State.Top is not null) return Router.PutAgain(talk);
        talk.SayMenu(Phrases.NothingToRepeat);
        return default;
    }

    private static ValueTask Human(Talk talk, DialogCatalog catalog)
    {
        if (catalog.ForHandoff() is { } entry) return talk.Open(entry);
        talk.Say(Phrases.HumanSoon);
        return talk.State.Top is null ? default : Router.PutAgain(talk);
    }

    private static ValueTask Menu(Talk talk)
    {
        if (talk.State.Top is { } run) return Router.Again(talk, Phrases.InTheMiddle(talk.Title(run)) + Phrases.HowToGoOn);
        talk.SayMenu(Phrases.WhatICanDo);
        return default;
    }

    /// <summary>The open question once more, put otherwise.</summary>
    private static ValueTask Put(Talk talk, Putting how)
    {
        if (talk.State.Top is null) return how == Putting.AsEver ? Router.Again(talk, Phrases.NothingOpen) : Menu(talk);
        return talk.State.Top is { Interrupted: true } ? Router.PutAgain(talk) : talk.Continue(new Heard { Put = how });
    }
}
