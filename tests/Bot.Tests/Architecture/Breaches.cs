using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Questions;
using WuShe.Services.Common;
using WuShe.Services.Common.Messages;

// Code that breaks the rules of the architecture, and code close by that does not, for RulesTests: read by the rules, never run.
namespace WuShe.Bot.Tests.Architecture.Breaches;

public class Open;
internal class Parent<T>;
internal sealed class Child : Parent<int>;
internal sealed class CaseManager;
internal sealed class HelpersOfCases;
internal abstract class DialogBase;
internal sealed class ReportService;
internal sealed class Database;
internal sealed class Basement;

internal sealed class DeskService : ICommunityService
{
    public void Describe(ServiceDescription service) => service.Named("desk", "");
}

internal sealed class TheirEntity;
internal sealed record TheirShape(int Number);

internal interface ITheirUseCases
{
    TheirShape Find(int number);
}

internal sealed class InAField(TheirEntity entity)
{
    public override string ToString() => entity.ToString()!;
}

internal sealed class InABody
{
    public static int Count(DbContext db) => db.Set<TheirEntity>().Count();
}

internal sealed class InALambda
{
    public static IEnumerable<object> Count(IEnumerable<DbContext> all) => all.Select(db => (object)db.Set<TheirEntity>());
}

internal sealed class InAnAsyncBody
{
    public static async Task<int> Count(DbContext db) => (await db.Set<TheirEntity>().ToListAsync()).Count;
}

internal sealed class ByInterface(ITheirUseCases theirs)
{
    public int Number(int number) => theirs.Find(number).Number;
}

internal sealed class UseCase;
internal sealed class Foreign;
internal interface IOffered;
internal sealed class Offered : IOffered;

internal sealed class Modest(UseCase mine, IOffered theirs) : IDialog
{
    public async Task Run(Chat chat) => await chat.Ask("what", Text.Of($"{mine}{theirs}"));
}

internal sealed class Greedy(HttpClient http, IOutbox outbox, Foreign foreign) : IDialog
{
    public async Task Run(Chat chat) => await chat.Ask("what", Text.Of($"{http}{outbox}{foreign}"));
}

internal sealed class Clock(TimeProvider time) : IDialog
{
    public async Task Run(Chat chat) => await chat.Ask("what", Text.Of($"{time.GetUtcNow()}"));
}

internal sealed class Chance : IDialog
{
    public async Task Run(Chat chat)
    {
        var answer = await chat.Ask("what", Text.Of("?"));
        chat.Say($"{answer}{Random.Shared.Next()}");
    }
}

internal sealed class Identity : IDialog
{
    public async Task Run(Chat chat) => await chat.Ask("what", Text.Of(string.Join(' ', new[] { 1 }.Select(_ => Guid.CreateVersion7()))));
}

internal sealed class State : IDialog
{
    private static int _asked;

    public async Task Run(Chat chat) => await chat.Ask("what", Text.Of($"{_asked++}"));
}

internal sealed class Waits : IDialog
{
    public async Task Run(Chat chat) => await Task.WhenAll(Asked(chat));

    private static async Task<string> Asked(Chat chat) => await chat.Ask("what", Text.Of("?"));
}

internal sealed class Farther : IDialog
{
    public async Task Run(Chat chat) => await chat.Ask("what", Text.Of(Words.Of(1)));

    private static class Words
    {
        public static string Of(int number) => $"{number} {Guid.CreateVersion7()}";
    }
}

internal static class Helpers
{
    public static Answer<string> Ask(Chat chat) => chat.Ask("what", Text.Of($"{TimeProvider.System}"));
}

/// <summary>What Fetch and Perform run is run once.</summary>
internal sealed class Once(TimeProvider time) : IDialog
{
    public async Task Run(Chat chat)
    {
        var now = await chat.Fetch("now", new { }, _ => Task.FromResult(time.GetUtcNow()));
        var id = await chat.Perform("id", async (_, ct) => await Made(now, ct));
        chat.Say($"{now}{id}");
    }

    private static Task<Guid> Made(DateTimeOffset now, CancellationToken ct) => Task.FromResult(ct.IsCancellationRequested ? default : Guid.CreateVersion7(now));
}

internal sealed class Tries : IDialog
{
    public async Task Run(Chat chat)
    {
        try
        {
            await chat.Ask("what", Text.Of("?"));
        }
        finally
        {
            chat.Say("!");
        }
    }
}

internal sealed class Uses : IDialog
{
    public async Task Run(Chat chat)
    {
        using var held = new MemoryStream();
        await chat.Ask("what", Text.Of("?"));
    }
}

internal sealed class Catches : IDialog
{
    public async Task Run(Chat chat)
    {
        try
        {
            await chat.Fetch("what", new { }, _ => Task.FromResult(1));
        }
        catch (Exception)
        {
            chat.Say("!");
        }
    }
}

internal sealed class TriesInALocalFunction : IDialog
{
    public async Task Run(Chat chat)
    {
        await Ask();

        async Task Ask()
        {
            try
            {
                await chat.Ask("what", Text.Of("?"));
            }
            finally
            {
                chat.Say("!");
            }
        }
    }
}

internal static class TriesInAHelper
{
    public static Answer<string> Ask(Chat chat)
    {
        try
        {
            return chat.Ask("what", Text.Of("?"));
        }
        catch (InvalidOperationException)
        {
            return default;
        }
    }
}

internal sealed class TriesBeside : IDialog
{
    public async Task Run(Chat chat)
    {
        var number = await chat.Ask("what", Text.Of("?"));
        try
        {
            chat.Say($"{int.Parse(number, null)}");
        }
        catch (FormatException)
        {
            chat.Say("?");
        }

        await chat.Ask("more", Text.Of("?"));
    }
}
