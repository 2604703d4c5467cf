namespace WuShe.Dialogs.Engine;

/// <summary>A dialog awaited something that the engine did not give it.</summary>
public sealed class ForeignAwaitException(string dialog)
    : InvalidOperationException($"Dialog {dialog} awaits something that is not an answer of its chat.");

internal enum ReplayEnd
{
    /// <summary>A question is open.</summary>
    Suspended,

    Finished,

    /// <summary>What was to be performed threw; the run is sealed and can try again.</summary>
    PerformFailed,

    /// <summary>The dialog, or something it read, threw.</summary>
    Faulted,
}

/// <summary>Seals a run before something is performed.</summary>
internal interface ISeal
{
    /// <summary>
    /// Saves the conversation. Throws <see cref="LockLostException"/> when another turn has taken it over, another
    /// <see cref="SealException"/> when it cannot be saved: nothing may be performed then.
    /// </summary>
    ValueTask Save();
}

internal class SealException(string message, Exception? inner = null) : Exception(message, inner);

internal sealed class LockLostException() : SealException("The conversation's lock was lost.");

/// <summary>
/// The trampoline: runs a dialog from the top; each time it stops there is exactly one operation that it waits for, which
/// the engine carries out itself. Nothing of the dialog survives the turn but the journal.
/// </summary>
internal sealed class Replay(IDialog dialog, Run run, Chat chat, ISeal seal)
{
    internal Exception? Error { get; private set; }

    internal IAsk? Open { get; private set; }

    /// <summary>Something was sealed and performed in this replay: it cannot be taken back.</summary>
    internal bool Performed { get; private set; }

    /// <summary>Passes what is recorded and stops at the first thing that is not: a question, a read, an act.</summary>
    internal bool Recall()
    {
        try
        {
            return !Start().IsCompleted && chat.Fault is null;
        }
        finally
        {
            chat.Close();
        }
    }

    internal async ValueTask<ReplayEnd> Go(CancellationToken ct)
    {
        try
        {
            var task = Start();
            while (!task.IsCompleted || chat.Waiting is not null)
            {
                if (chat.Fault is not null) throw chat.Fault;
                if (chat.Waiting is not { } operation) throw new ForeignAwaitException(run.Dialog);
                if (!operation.IsAwaited) throw chat.Refuse("does not await what it asks for");
                if (operation is IAsk ask)
                {
                    Open = ask;
                    return ReplayEnd.Suspended;
                }
                if (!await Execute((IExecute)operation, ct)) return ReplayEnd.PerformFailed;
                Resume(operation);
            }
            if (chat.Fault is not null) throw chat.Fault;
            // Completed: this only rethrows.
            await task;
            return ReplayEnd.Finished;
        }
        catch (Exception error) when (error is not SealException)
        {
            Error = error;
            return ReplayEnd.Faulted;
        }
        finally
        {
            chat.Close();
        }
    }

    private async ValueTask<bool> Execute(IExecute operation, CancellationToken ct)
    {
        if (!operation.Seals)
        {
            await operation.Execute(default, ct);
            return true;
        }
        run.Entries = chat.Merge();
        run.Pending = null;
        run.Sealed = run.Interrupted = true;
        Performed = true;
        await seal.Save();
        try
        {
            await operation.Execute(new IdempotencyKey($"{run.Id}:{operation.Key}"), ct);
        }
        catch (Exception error)
        {
            Error = error;
            return false;
        }
        run.Interrupted = false;
        return true;
    }

    /// <summary>
    /// Without a synchronisation context, so that helpers go on where their answer is given and not somewhere later.
    /// </summary>
    private Task Start()
    {
        var context = SynchronizationContext.Current;
        if (context is null) return dialog.Run(chat);
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return dialog.Run(chat);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private void Resume(Operation operation)
    {
        chat.Resumed();
        var context = SynchronizationContext.Current;
        if (context is null)
        {
            operation.Resume();
            return;
        }
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            operation.Resume();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}
