namespace WuShe.Services.Common;

/// <summary>
/// Wakes the jobs that work through rows that are due. A hint, sent after commit: a lost wake-up only costs the time to
/// the next sweep.
/// </summary>
public interface IWake
{
    void Outbox();

    /// <summary>The same at a later time (UTC): something falls due or is tried again then. A host that only sweeps need not listen.</summary>
    void OutboxAt(DateTimeOffset when)
    {
    }

    /// <summary>A picture was promised and can be fetched.</summary>
    void Media()
    {
    }
}

/// <summary>Tells open console pages, on every instance, that something they show has changed. Carries ids only.</summary>
public interface IConsoleFeed
{
    void CaseChanged(string caseNumber);

    /// <summary>Calls back (on any thread) with the number of each changed case until disposed.</summary>
    IDisposable Subscribe(Action<string> changed);
}
