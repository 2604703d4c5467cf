namespace WuShe.Dialogs.Understanding;

/// <summary>Is told of sentences that were not understood, so that people can teach the service what they mean.</summary>
public interface IUnclear
{
    /// <summary>Takes note without waiting; may be lost with the process. Personal data are taken out before it is stored.</summary>
    void Note(string text, Understood read);
}
