using WuShe.Dialogs.Engine;

namespace WuShe.Dialogs.Routing;

/// <summary>Conversation repair: back, correction, cancel, repeat, a person, the menu. No dialog knows of it.</summary>
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
            _ => Menu(talk),
        };
    }

    /// <summary>
    /// 「改地点」 opens that question again, 「改地点 5栋2单元」 answers it at once; null when the words are no correction.
    /// </summary>
    internal static Task? Correct(Talk talk, Run run, Input input)
    {
        var text = RepairWords.AfterChange(input.Text) ?? (run.Choosing ? input.Text : null);
        if (text is null) return null;
        if (RepairWords.Names(text, run.Pending!.Name, out var answer))
            return talk.Continue(new Heard(answer.Length == 0 ? null : input with { Text = answer })).AsTask();
        var (entry, rest) = Named(run, text);
        if (entry is null) return null;
        if (run.Sealed) return Router.Again(talk, Phrases.AlreadyDone).AsTask();
        run.TakeBack(entry);
        return talk.Continue(new Heard(rest.Length == 0 ? null : input with { Text = rest })).AsTask();
    }

    /// <summary>The last answer of that name; of several names that fit the longest.</summary>
    private static (Entry? Entry, string Left) Named(Run run, string text)
    {
        var (found, rest) = (default(Entry), text);
        foreach (var entry in run.Answers())
            if (RepairWords.Names(text, entry.Name, out var after) && after.Length <= rest.Length) (found, rest) = (entry, after);
        return (found, rest);
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

    private static ValueTask Change(Talk talk)
    {
        if (talk.State.Top is not { } run) return Router.Again(talk, Phrases.NothingOpen);
        if (run.Sealed) return Router.Again(talk, Phrases.AlreadyDone);
        string[] names = [.. run.Answers().Select(entry => entry.Name).Where(name => name.Length > 0).Distinct()];
        if (names.Length == 0) return Router.Again(talk, Phrases.NothingToChange);
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
        return talk.Drop();
    }

    private static ValueTask Repeat(Talk talk)
    {
        if (talk.State.LastSaid is { Count: > 0 } said && said[^1].Text.Length > 0)
        {
            foreach (var message in said) talk.Say(message);
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
}
