using WuShe.Bot.Channels;
using WuShe.Bot.Console;
using WuShe.Bot.Jobs;
using WuShe.Bot.Operations;
using WuShe.Bot.Pages;
using WuShe.Bot.Pages.My;
using WuShe.Bot.Simulator;
using WuShe.Integrations.Databases;
using WuShe.Integrations.Files;
using WuShe.Integrations.Redis;
using WuShe.Integrations.WeChat;
using WuShe.Integrations.WeCom;
using WuShe.Services;
using WuShe.Services.Common;

// Commands start no server. Those that work on the record (staff link, db migrate) share the first registrations with the
// service; understand and train need neither record nor settings, wechat check only those of WeChat.
return await Startup.Guarded(async () =>
{
    var builder = WebApplication.CreateBuilder(Command.Settings(args));
    var command = Command.Parse(args);
    if (command is { NeedsRecord: false }) return await command.Run(builder);

    builder.AddDataDirectory();
    builder.Services.AddWuSheDatabase(builder.Configuration);
    builder.Services.AddWuSheFiles(builder.Configuration);
    builder.Services.AddCommunityServices();
    builder.Services.AddStaffConsole(builder.Configuration);
    if (command is not null) return await command.Run(builder);

    builder.Services.AddServiceCatalog();
    var redis = builder.AddRedis();
    builder.AddJobs();
    builder.AddTelemetry();
    builder.AddConversations();
    builder.Services.AddDirectLine(builder.Configuration);
    builder.Services.AddBotFramework(builder.Configuration);
    builder.AddWeChatSimulator();
    builder.Services.AddWeChat(builder.Configuration);
    builder.Services.AddWeChatCallback();
    builder.Services.AddWeCom(builder.Configuration);
    builder.Services.AddWeComCallback();
    builder.Services.AddResidentPages();
    builder.Services.AddMyPages();

    await using var app = builder.Build();
    app.CheckSettings();
    await Task.WhenAll(redis, app.PrepareDatabase());
    await app.ForgetDeadLocks();
    app.UseProxyHeaders();
    app.UseSecurityHeaders();
    app.MapOperations();
    app.MapDirectLine();
    app.MapBotFramework();
    app.MapWeChat();
    app.MapWeCom();
    app.MapWeChatSimulator();
    app.MapResidentPages();
    app.MapMyPages();
    app.MapStaffConsole();
    app.MapJobs();
    app.PrintAddresses();
    await app.RunAsync();
    return 0;
});
