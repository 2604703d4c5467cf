using WuShe.Bot.Console;
using WuShe.Bot.Simulator;
using WuShe.Integrations.Databases;
using WuShe.Integrations.WeChat;
using WuShe.Integrations.WeCom;
using WuShe.Services.Common;
using WuShe.Services.Common.Demo;

namespace WuShe.Bot.Operations;

/// <summary>
/// A word on the command line instead of the service. <c>staff link &lt;login&gt;</c>, <c>cases verify</c>, <c>db migrate</c> and
/// <c>wecom import</c> share the service's registrations and database; <c>understand</c>, <c>train [file]</c> and
/// <c>wechat check &lt;account&gt;</c> need neither; <c>wechat menu &lt;account&gt;</c> only calls the platform. No command starts a server.
/// </summary>
public sealed class Command
{
    private const string DryRun = "--dry-run";
    private const string Apply = "--apply";

    // Its own words: settings such as --urls=… may follow them.
    private readonly string[] _args;
    private readonly bool _dryRun;
    private readonly bool _apply;

    private Command(string[] args) =>
        (_args, _dryRun, _apply) = ([.. args.TakeWhile(arg => !arg.StartsWith('-'))], args.Contains(DryRun), args.Contains(Apply));

    /// <summary>Null when the arguments start the service.</summary>
    public static Command? Parse(string[] args) => args is ["staff" or "cases" or "db" or "wechat" or "wecom" or "understand" or "train", ..] ? new Command(args) : null;

    /// <summary>The arguments that are settings: to those who read them, a switch of ours would have the next one for its value.</summary>
    public static string[] Settings(string[] args) => [.. args.Where(arg => arg is not (DryRun or Apply))];

    /// <summary>
    /// False for what reads and trains the model alone, and for what only asks WeChat: no data directory, no database, and of
    /// the settings none but WeChat's is looked at.
    /// </summary>
    public bool NeedsRecord => _args is not (["understand"] or ["train"] or ["train", _] or ["wechat", "check", _]);

    /// <summary>The exit code.</summary>
    public Task<int> Run(WebApplicationBuilder builder) => _args switch
    {
        ["understand"] => UnderstandCommand.Run(System.Console.OpenStandardInput(), System.Console.OpenStandardOutput(), System.Console.Error),
        ["train"] or ["train", _] => TrainCommand.Run(_args.ElementAtOrDefault(1), builder.Environment.ContentRootPath, System.Console.Out),
        ["wechat", "check", var account] => WeChatCommand.Run(builder, account, System.Console.Out, System.Console.Error, CancellationToken.None),
        ["wechat", ..] => OnWeChat(builder),
        _ => OnDatabase(builder),
    };

    /// <summary>The platform is called, neither database nor Redis.</summary>
    private async Task<int> OnWeChat(WebApplicationBuilder builder)
    {
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddSimulatorAccount();
        builder.Services.AddWeChatCalls(builder.Configuration);
        builder.Host.UseDefaultServiceProvider(provider => provider.ValidateOnBuild = false);
        await using var app = builder.Build();
        return _args switch
        {
            ["wechat", "menu", var account] => await WeChatMenuCommand.Run(app.Services, account, _dryRun, System.Console.Out, System.Console.Error, CancellationToken.None),
            _ => await Unknown(),
        };
    }

    private async Task<int> OnDatabase(WebApplicationBuilder builder)
    {
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton<IWake, NobodyToWake>();
        builder.Services.AddWeComDirectory(builder.Configuration);
        // Only what the command uses is there: the channels and the engine belong to the service.
        builder.Host.UseDefaultServiceProvider(provider => provider.ValidateOnBuild = false);
        await using var app = builder.Build();
        return _args switch
        {
            ["staff", ..] => await Staff(app),
            ["cases", ..] => await Cases(app),
            ["db", "migrate"] => await Migrate(app),
            ["wecom", ..] => await WeCom(app),
            _ => await Unknown(),
        };
    }

    private async Task<int> Staff(WebApplication app)
    {
        await app.PrepareDatabase();
        return await StaffCommand.Run(app.Services, _args, System.Console.Out, System.Console.Error, CancellationToken.None);
    }

    private async Task<int> Cases(WebApplication app)
    {
        await app.PrepareDatabase();
        return await CasesCommand.Run(app.Services, _args, System.Console.Out, System.Console.Error, CancellationToken.None);
    }

    private async Task<int> WeCom(WebApplication app)
    {
        await app.PrepareDatabase();
        return await WeComCommand.Run(app.Services, _args, _apply, System.Console.Out, System.Console.Error, CancellationToken.None);
    }

    private static async Task<int> Migrate(WebApplication app)
    {
        var applied = await app.Services.GetRequiredService<DatabaseMigrator>().Migrate(CancellationToken.None);
        await app.Services.GetRequiredService<DemoData>().Load(CancellationToken.None);
        await System.Console.Out.WriteLineAsync(applied.Count == 0 ? "The database is up to date." : $"Applied: {string.Join(", ", applied)}");
        return 0;
    }

    /// <summary>The running service sweeps by itself.</summary>
    private sealed class NobodyToWake : IWake
    {
        public void Outbox()
        {
        }
    }

    private static async Task<int> Unknown()
    {
        await System.Console.Error.WriteLineAsync(
            "Commands: staff link <login> | cases verify | db migrate | wechat check <account> | wechat menu <account> [--dry-run] | wecom import [--apply] | understand | train [file]");
        return 1;
    }
}
