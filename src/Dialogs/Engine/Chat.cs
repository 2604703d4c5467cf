using System.Runtime.CompilerServices;

namespace WuShe.Dialogs.Engine;

/// <summary>The person a conversation is with, as far as the engine needs to know.</summary>
public sealed record Resident(ConversationId Conversation);

/// <summary>Names one act for ever, so that it is done once however often it is asked for.</summary>
public readonly record struct IdempotencyKey(string Value)
{
    public override string ToString() => Value;
}

/// <summary>A dialog's handle on the conversation, for one turn.</summary>
public sealed class Chat
{
    public Resident Resident => throw new NotSupportedException();

    /// <summary>UTC, fixed when the run began.</summary>
    public DateTimeOffset Now => throw new NotSupportedException();

    /// <summary>The words that opened the dialog, when they said more than an opening phrase; else empty.</summary>
    public string Opening => throw new NotSupportedException();

    /// <summary>Pictures that came with the opening words.</summary>
    public IReadOnlyList<AttachmentRef> OpeningPictures => throw new NotSupportedException();

    /// <summary>What the dialog was opened about (a case id), when something other than words opened it.</summary>
    public string? Argument => throw new NotSupportedException();

    /// <summary>How many questions have been put to the person so far in this run (prefilled ones do not count).</summary>
    public int Asked => throw new NotSupportedException();

    public Answer<T> Ask<T>(string key, Question<T> question) => throw new NotSupportedException();

    public Answer<T> Fetch<T>(string key, object inputs, Func<CancellationToken, Task<T>> read) => throw new NotSupportedException();

    public Answer<T> Perform<T>(string key, Func<IdempotencyKey, CancellationToken, Task<T>> act) => throw new NotSupportedException();

    public void Say(Message message) => throw new NotSupportedException();
}

/// <summary>What came back, or will. Can be awaited and nothing else: no task, so it cannot be raced, blocked on or configured.</summary>
public readonly struct Answer<T>
{
    public Awaiter GetAwaiter() => throw new NotSupportedException();

    public readonly struct Awaiter : ICriticalNotifyCompletion
    {
        public bool IsCompleted => throw new NotSupportedException();

        public T GetResult() => throw new NotSupportedException();

        public void OnCompleted(Action continuation) => throw new NotSupportedException();

        public void UnsafeOnCompleted(Action continuation) => throw new NotSupportedException();
    }
}

/// <summary>What is put to a person, and how an answer to it is read.</summary>
public abstract class Question<T>
{
    /// <summary>
    /// What this question asks for, in one or two characters people use to correct it (「改地点」): 地点, 类别, 照片.
    /// </summary>
    public Question<T> Named(string name) => throw new NotSupportedException();

    /// <summary>「跳过」「没有」 answers with this value, and a button offers it.</summary>
    public Question<T> Skippable(T whenSkipped, string label = "跳过") => throw new NotSupportedException();

    /// <summary>Tries to find the answer in words already said; when it is there the question is not put (but can be corrected).</summary>
    public Question<T> From(string words) => throw new NotSupportedException();
}
