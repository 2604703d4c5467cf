using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using WuShe.Services.Common;
using WuShe.Services.Common.StaffChat;

namespace WuShe.Integrations.WeCom;

/// <summary>
/// Group robots: send only, and at most so many posts a minute, counted for all instances together. What is beyond waits,
/// and goes out as one digest when there is room. Whoever owes a post hears "again later" until it has gone out, so that
/// nothing is lost with Redis.
/// </summary>
internal sealed class WeComRobots(WeComApi api, WeComRates rates, IConnectionMultiplexer redis, WeComCorp corp, IOptions<WeComOptions> options)
{
    private const string Rate = "robot";
    private const int MostLines = 100;
    private static readonly RedisValue Waiting = "waiting";
    private static readonly RedisValue Posted = "posted";
    private static readonly TimeSpan PostedKept = TimeSpan.FromDays(3);

    /// <summary>A post noted as waiting but not in the list (a process died between the two) is noted again after this time.</summary>
    private static readonly TimeSpan WaitingKept = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LockTime = TimeSpan.FromSeconds(30);
    private static readonly DeliveryOutcome Later = DeliveryOutcome.Retry("waits for the next digest");

    /// <summary>The robot in the group of that unit; null when there is none.</summary>
    public WeComRobot? Of(string unitName) =>
        corp.Robots.FirstOrDefault(robot => robot.Unit == unitName) ?? corp.Robots.FirstOrDefault(robot => robot.Unit.Length == 0);

    /// <summary>Posts once for each key. <paramref name="line"/> is what stands in a digest.</summary>
    public async Task<DeliveryOutcome> Post(WeComRobot robot, string key, string line, WeComSend message, CancellationToken ct)
    {
        var db = redis.GetDatabase();
        var state = await db.StringGetAsync(State(robot, key));
        if (state == Posted) return WeComMessages.Of(0);
        if (state == Waiting) return Later;
        if (await db.ListLengthAsync(List(robot)) > 0 || !await HasRoom(robot)) return await Wait(robot, key, line);
        var answer = await WeComMessages.Guarded(() => api.PostTo(robot.Webhook, message, WeComJson.Raw.WeComSend, ct), ct);
        if (answer is null) return WeComMessages.Broken;
        if (answer.Code == WeComErrors.TooOften) return await Wait(robot, key, line);
        if (answer.Code == 0) await db.StringSetAsync(State(robot, key), Posted, PostedKept);
        return WeComMessages.Of(answer.Code);
    }

    /// <summary>Posts what waits, in one digest for each robot that has room.</summary>
    public async Task PostWaiting(CancellationToken ct)
    {
        foreach (var robot in corp.Robots)
            if (await redis.GetDatabase().ListLengthAsync(List(robot)) > 0) await Digest(robot, ct);
    }

    private async Task Digest(WeComRobot robot, CancellationToken ct)
    {
        var db = redis.GetDatabase();
        var (mine, key) = (RandomNumberGenerator.GetHexString(24), WeComKey.Of(corp, "robot-lock", robot.Name));
        if (!await db.LockTakeAsync(key, mine, LockTime)) return;
        try
        {
            if (!await HasRoom(robot)) return;
            var waiting = await db.ListRangeAsync(List(robot), 0, MostLines - 1);
            var (lines, count) = Fitting(waiting);
            if (count == 0) return;
            var post = WeComMessages.Body(new StaffPost($"{count} 条新消息") { Lines = lines }, corp.Limits.TextBytes, corp.Limits.RobotMarkdownBytes);
            var answer = await WeComMessages.Guarded(() => api.PostTo(robot.Webhook, post, WeComJson.Raw.WeComSend, ct), ct);
            if (answer is not { Code: 0 }) return;
            foreach (var one in waiting.Take(count)) await db.StringSetAsync(State(robot, Split(one).Key), Posted, PostedKept);
            await db.ListTrimAsync(List(robot), count, -1);
        }
        finally
        {
            await db.LockReleaseAsync(key, mine);
        }
    }

    /// <summary>As many as fit whole; of a single one that fits not even alone, its beginning.</summary>
    private (List<string> Lines, int Count) Fitting(RedisValue[] waiting)
    {
        var (lines, bytes) = (new List<string>(), 64);
        foreach (var one in waiting)
        {
            var line = Split(one).Line;
            bytes += Encoding.UTF8.GetByteCount(WeComFit.PlainMarkdown(line)) + 3;
            if (bytes > corp.Limits.RobotMarkdownBytes && lines.Count > 0) break;
            lines.Add(line);
        }

        return (lines, lines.Count);
    }

    private async Task<DeliveryOutcome> Wait(WeComRobot robot, string key, string line)
    {
        var db = redis.GetDatabase();
        if (await db.StringSetAsync(State(robot, key), Waiting, WaitingKept, When.NotExists))
            await db.ListRightPushAsync(List(robot), $"{key}\n{line.ReplaceLineEndings(" ")}");
        return Later;
    }

    private Task<bool> HasRoom(WeComRobot robot) => rates.Take(Rate, [robot.Name], new(options.Value.RobotPostsPerMinute));

    private static (string Key, string Line) Split(RedisValue waiting)
    {
        var text = waiting.ToString();
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return (text[..end], text[(end + 1)..]);
    }

    private RedisKey List(WeComRobot robot) => WeComKey.Of(corp, "robot-waiting", robot.Name);

    private RedisKey State(WeComRobot robot, string key) => WeComKey.Of(corp, "robot-post", $"{robot.Name}:{key}");
}
