using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using WuShe.Fakes;

namespace WuShe.Soak;

/// <summary>
/// People who report one thing after the other over the encrypted callback, on a line that loses answers: some pushes come
/// again after their answer was lost, some come twice at once, as the platform's re-deliveries do.
/// </summary>
internal sealed partial class Residents : IAsyncDisposable
{
    public const string AppId = "wx5823bf96d3bd56c7";
    public const string Secret = "soak";
    public const string Token = "QDG6eK";
    public const string Key = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";
    private const string Callback = "/wechat/soak";
    private const double AnswerLost = 0.10;
    private const double TwiceAtOnce = 0.05;
    private const double Leaves = 0.02;

    private static readonly (string Say, string Expect)[] Report = [("3栋2单元楼道灯坏了三天了", "照片"), ("没有照片", "确认"), ("确认提交", "编号")];

    private readonly WeChatSender _sender = new(Token, Key, AppId);
    private readonly Channel<string> _opened = Channel.CreateUnbounded<string>();
    private readonly HttpClient _http;
    private readonly FakeWeChat _platform;
    private readonly int _reports;
    private readonly int _people;
    private long _id = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1000;

    public Residents(FakeWeChat platform, Uri service, int messages, int people)
    {
        (_platform, _people) = (platform, people);
        _reports = Math.Max(1, messages / Report.Length / people);
        // The platform hangs up after five seconds.
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = people }) { BaseAddress = service, Timeout = TimeSpan.FromSeconds(5) };
    }

    /// <summary>Numbers of cases, as the bot told them.</summary>
    public ChannelReader<string> CaseOpened => _opened.Reader;

    public Task Done => _opened.Reader.Completion;

    /// <summary>Case numbers told to each person, in order.</summary>
    public ConcurrentDictionary<string, List<string>> Told { get; } = new(StringComparer.Ordinal);

    public int Messages { get; private set; }
    public int Pushes => _pushes;
    public ConcurrentQueue<string> Wrong { get; } = new();
    private int _pushes;

    public static string OpenId(int person) => $"oSoak{person.ToString("D6", CultureInfo.InvariantCulture)}ABCDEFGHIJKLMNOPQ";

    public async Task Talk()
    {
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, _people).Select(person => Task.Run(async () =>
        {
            var chance = new Random(person + 1);
            for (var report = 0; report < _reports; report++) await One(person, chance);
            // Some unfollow at the end: what is owed to them cannot be told.
            if (chance.NextDouble() < Leaves) await Leave(person);
            Interlocked.Increment(ref next);
        })));
        Messages = _people * _reports * Report.Length;
        _opened.Writer.Complete();
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return default;
    }

    private async Task One(int person, Random chance)
    {
        var openId = OpenId(person);
        foreach (var (say, expect) in Report)
        {
            var id = Interlocked.Increment(ref _id);
            _platform.Spoke(openId);
            var answers = await Push(openId, say, id, chance);
            foreach (var answer in answers)
            {
                if (answer != answers[0]) Wrong.Enqueue($"{say}: a re-delivery was answered otherwise: {answer} / {answers[0]}");
                if (!answer.Contains(expect, StringComparison.Ordinal)) Wrong.Enqueue($"{say}: …{expect}… expected, got {answer}");
            }
            if (expect != "编号" || CaseNumber().Match(answers[0]) is not { Success: true } number) continue;
            Told.GetOrAdd(openId, _ => []).Add(number.Value);
            await _opened.Writer.WriteAsync(number.Value);
        }
    }

    /// <summary>What came back for each delivery of one message.</summary>
    private async Task<List<string>> Push(string openId, string say, long id, Random chance)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var xml = _sender.Text(openId, say, id, now);
        var dice = chance.NextDouble();
        if (dice < TwiceAtOnce)
            return [.. await Task.WhenAll(Once(xml), Once(xml))];
        if (dice > TwiceAtOnce + AnswerLost) return [await Again(xml)];
        // Lost before or after it was acted on: nobody can tell.
        using (var cut = new CancellationTokenSource(TimeSpan.FromMilliseconds(chance.Next(0, 30))))
        {
            try
            {
                await Once(xml, cut.Token);
            }
            catch (OperationCanceledException)
            {
            }
        }
        return [await Again(xml), await Again(xml)];
    }

    /// <summary>As the platform does: three deliveries in all when there is no answer in time.</summary>
    private async Task<string> Again(string xml)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await Once(xml);
            }
            catch (Exception failure) when (failure is OperationCanceledException or HttpRequestException { StatusCode: null } && tries < 3)
            {
            }
        }
    }

    private async Task<string> Once(string xml, CancellationToken ct = default)
    {
        Interlocked.Increment(ref _pushes);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var answer = await _sender.Send(_http, Callback, _sender.Safe(xml, now), ct);
        return answer?.GetValueOrDefault("Content") ?? "";
    }

    private async Task Leave(int person)
    {
        _platform.Left(OpenId(person));
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        await _sender.Send(_http, Callback, _sender.Safe(_sender.Event(OpenId(person), "unsubscribe", now), now));
    }

    [GeneratedRegex("[0-9]{6}-[0-9]{4,}")]
    private static partial Regex CaseNumber();
}
