using WuShe.Dialogs.Engine;

namespace WuShe.Dialogs.Tests.Samples;

/// <summary>A dialog written where the test is.</summary>
public sealed class Scripted(Func<Chat, Task> run) : IDialog
{
    public Task Run(Chat chat) => run(chat);

    public static DialogEntry Entry(Func<Chat, Task> run, int version = 1, string name = "scripted", string title = "试一试") =>
        new(name, title, version, new Scripted(run)) { OpensOn = [name], OnMenu = true };
}
