using WuShe.Bot.Pages;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddResidentPages();
builder.Services.AddSingleton<IPublicMenu>(new PublicMenu(["问题上报", "查进度", "我的事"]));
var app = builder.Build();
app.UseSecurityHeaders();
app.MapStaticAssets();
app.MapResidentPages();
app.MapGet("/health/live", () => "ok");
app.Run();
