using Microsoft.Extensions.Logging;

namespace WuShe.Dialogs.Engine;

/// <summary>What the engine logs: names and keys, never a word a person said.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(100, LogLevel.Error, "Dialog {Dialog} failed; the person was asked to answer again")]
    internal static partial void DialogFailed(ILogger logger, string dialog, Exception error);

    [LoggerMessage(101, LogLevel.Error, "Performing in dialog {Dialog} failed; the person was offered to try again")]
    internal static partial void PerformFailed(ILogger logger, string dialog, Exception error);

    [LoggerMessage(102, LogLevel.Warning, "A saved conversation could not be read; it began anew")]
    internal static partial void StateLost(ILogger logger);

    [LoggerMessage(103, LogLevel.Warning, "A saved conversation names the unknown dialog {Dialog}; it was dropped")]
    internal static partial void UnknownDialog(ILogger logger, string dialog);

    [LoggerMessage(105, LogLevel.Warning, "A failed turn could not give back its lock")]
    internal static partial void AbandonFailed(ILogger logger, Exception error);

    [LoggerMessage(104, LogLevel.Warning, "A turn lost its lock and runs anew, try {Try}")]
    internal static partial void LockLost(ILogger logger, int @try);
}
