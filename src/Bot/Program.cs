using WuShe.Bot;
using WuShe.Bot.Channels;
using WuShe.Bot.Console;
using WuShe.Bot.Jobs;
using WuShe.Bot.Operations;
using WuShe.Bot.Pages;
using WuShe.Integrations.Files;
using WuShe.Integrations.Redis;
using WuShe.Services;

// Commands (staff link, db migrate) and the service share these registrations; a command starts no server.
return await Startup.Guarded(async () =>
{
    var builder = WebApplication.CreateBuilder(args);
    var command = Command.Parse(args);

    builder.AddDataDirectory();
    builder.Services.AddDatabase(builder.Configuration);
    builder.Services.AddServiceCatalog();
    builder.Services.AddFiles(builder.Configuration);
    builder.Services.AddStaffConsole(builder.Configuration);
    if (command is not null) return await command.Run(builder);

    await builder.AddRedis();
    builder.AddJobs();
    builder.AddTelemetry();
    builder.AddConversations();
    builder.AddChannels();
    builder.Services.AddResidentPages();

    var app = builder.Build();
    await app.PrepareDatabase();
    app.UseProxyHeaders();
    app.UseSecurityHeaders();
    app.MapOperations();
    app.MapChannels();
    app.MapResidentPages();
    app.MapStaffConsole();
    app.MapJobs();
    app.PrintAddresses();
    await app.RunAsync();
    return 0;
});
