using WuShe.Bench.Turns;

// turns bare --urls URL --redis HOST:PORT
// turns visit --url URL --conversations N
// turns drive --url URL --wire json|wechat --script talk|case --residents N --warm SECONDS --measure SECONDS --pid SERVER
if (args is ["bare", ..])
{
    Bare.Run(args[1..]);
    return 0;
}

var options = new ConfigurationBuilder().AddCommandLine(args[1..]).Build();
if (args is ["visit", ..])
{
    await Visit.Run(new Uri(options["url"]!), options.GetValue("conversations", 10_000));
    return 0;
}

var run = Guid.NewGuid().ToString("N")[..8];
IWire wire = options["wire"] == "wechat" ? new WeChatWire(run) : new JsonWire(run);
var script = options["script"] switch
{
    "case" => Script.Case,
    "echo" => Script.Echo,
    _ => Script.Talk,
};
var driver = new Driver(new Uri(options["url"]!), wire, script, options.GetValue("residents", 64));
var figures = await driver.Run(
    TimeSpan.FromSeconds(options.GetValue("warm", 60)), TimeSpan.FromSeconds(options.GetValue("measure", 15)), options.GetValue<int?>("pid"));
Console.WriteLine(FormattableString.Invariant(
    $"{options["name"],-34} {figures.TurnsPerSecond,9:F0} turns/s  {figures.CpuMs,7:F3} ms CPU/turn  p50 {figures.P50,6:F2} ms  p99 {figures.P99,6:F2} ms"));
return 0;
