using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using WuShe.Fakes;

namespace WuShe.Bot.Tests.WeChatStory;

/// <summary>One follower of the account: what they do goes to the callback, what they get is the direct answer or a delivery.</summary>
internal sealed partial class WeChatPerson(WeChatWorld world, string openId)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);
    private static long _message = 22_000_000_000_000_000 + TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
    private int _read;

    public string OpenId => openId;

    /// <summary>The last thing done, as the platform would send it again.</summary>
    public string Last { get; private set; } = "";

    /// <summary>What reached this person by customer-service message, in order.</summary>
    public IReadOnlyList<WeChatDelivery> Received => [.. world.Platform.Delivered.Where(delivery => delivery.OpenId == openId)];

    public Task<string> Say(string words) => Send("text", $"<Content><![CDATA[{words}]]></Content>");

    public Task<string> SendPhoto(byte[] picture) =>
        Send("image", $"<PicUrl><![CDATA[http://mmbiz.qpic.cn/x]]></PicUrl><MediaId><![CDATA[{world.Platform.Keep(picture)}]]></MediaId>");

    /// <summary>WeChat's coordinates are GCJ-02.</summary>
    public Task<string> SendLocation(double latitude, double longitude, string label) => Send("location", string.Create(
        CultureInfo.InvariantCulture,
        $"<Location_X>{latitude}</Location_X><Location_Y>{longitude}</Location_Y><Scale>16</Scale><Label><![CDATA[{label}]]></Label>"));

    public Task<string> Speak(string recognised) =>
        Send("voice", $"<MediaId><![CDATA[voice-1]]></MediaId><Format><![CDATA[amr]]></Format><Recognition><![CDATA[{recognised}]]></Recognition>");

    /// <summary>A message of any type.</summary>
    public Task<string> Send(string type, string elements)
    {
        world.Platform.Spoke(openId);
        var id = Interlocked.Increment(ref _message).ToString(CultureInfo.InvariantCulture);
        return Post(world.Sender.Message(openId, Now, type, $"{elements}<MsgId>{id}</MsgId>"));
    }

    public Task<string> Do(string happening, string key = "")
    {
        if (happening == "unsubscribe") world.Platform.Left(openId);
        else world.Platform.Tapped(openId);
        return Post(world.Sender.Event(openId, happening, Now, key));
    }

    /// <summary>The same push as the last one, as the platform repeats it: packed anew, with the message's id.</summary>
    public Task<string> Again() => Post(Last);

    /// <summary>Waits for the next delivery that has these words in it; those before it count as read.</summary>
    public async Task<string> Gets(string words)
    {
        var waiting = Stopwatch.StartNew();
        do
        {
            var received = Received;
            for (var i = _read; i < received.Count; i++)
            {
                if (!received[i].Text.Contains(words, StringComparison.Ordinal)) continue;
                _read = i + 1;
                return received[i].Text;
            }
            await Task.Delay(Glance, TimeProvider.System);
        }
        while (waiting.Elapsed < Patience);
        throw new InvalidOperationException($"Nothing with {words} came, but: {string.Join(" | ", Received.Select(delivery => delivery.Text))}");
    }

    /// <summary>A card as title, line and address, each on a line of its own.</summary>
    private static string Card(Dictionary<string, string> answer)
    {
        Assert.Equal("1", answer["ArticleCount"]);
        var item = System.Xml.Linq.XElement.Parse($"<a>{answer["Articles"]}</a>").Element("item")!;
        return $"{item.Element("Title")!.Value}\n{item.Element("Description")!.Value}\n{item.Element("Url")!.Value}";
    }

    /// <summary>The numbers of this person's cases, each once.</summary>
    public async Task<string[]> Cases() => [.. CaseNumber().Matches(await Say("查进度")).Select(match => match.Value).Distinct()];

    [GeneratedRegex(@"\d{6}-\d{4,}")]
    public static partial Regex CaseNumber();

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Sends a push of this person, new or old.</summary>
    public async Task<string> Post(string xml)
    {
        Last = xml;
        var answer = await world.Sender.Send(world.Http, world.Callback, world.Push(xml));
        if (answer is null) return "";
        // The person's and the account's ids change places; anything else would reach nobody.
        Assert.Equal((openId, world.Sender.Account), (answer["ToUserName"], answer["FromUserName"]));
        if (answer["MsgType"] == "news") return Card(answer);
        Assert.Equal("text", answer["MsgType"]);
        return answer["Content"];
    }
}
