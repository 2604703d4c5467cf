using System.Net;
using System.Text.RegularExpressions;
using WuShe.Bot.Tests.Browser;
using WuShe.Bot.Tests.DirectLine;

namespace WuShe.Bot.Tests.Operations;

/// <summary>What the people who run the service look at.</summary>
public sealed class OperationsTests(EmbeddedService service) : IClassFixture<EmbeddedService>
{
    [Theory]
    [InlineData("health/live")]
    [InlineData("health/ready")]
    public async Task Health_is_good_while_Redis_and_database_answer(string path)
    {
        using var answer = await EmbeddedService.Get(new Uri(service.Bot.Address, path));
        Assert.Equal(200, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Metrics_tell_turns_replies_and_the_outbox()
    {
        var who = await service.NewResident();
        await service.Say(who, "查进度");
        using var answer = await EmbeddedService.Get(new Uri(service.Bot.Address, "metrics"));
        var metrics = await answer.Content.ReadAsStringAsync();
        Assert.Matches("""wushe_turn_duration_seconds_count\{[^}]*channel="web""", metrics);
        Assert.Matches("""wushe_turn_duration_seconds_bucket\{[^}]*channel="web"[^}]*le="0.1"\} \d""", metrics);
        Assert.Matches("""wushe_turn_replies_total\{[^}]*channel="web"[^}]*\} [1-9]""", metrics);
        Assert.Matches("(?m)^# TYPE wushe_outbox_oldest_due_age_seconds gauge$", metrics);
        Assert.Matches(@"(?m)^wushe_outbox_oldest_due_age_seconds(\{[^}]*\})? [0-9.]+", metrics);
        Assert.DoesNotContain(who.Conversation, metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_tell_how_often_a_language_model_was_asked()
    {
        // Nobody listens there: the local answer stands, and the call is counted all the same.
        await using var bot = await RunningBot.Start(("LanguageModel:Endpoint", "http://127.0.0.1:1/v1"), ("LanguageModel:Model", "any"));
        var asking = EmbeddedService.Of(bot);
        await asking.Say(await asking.NewResident(), "嗦啰嗦啰转转");
        using var answer = await EmbeddedService.Get(new Uri(bot.Address, "metrics"));
        Assert.Matches("""(?m)^wushe_language_model_calls_total\{[^}]*result="(failed|late)"[^}]*\} [1-9]""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_jobs_are_for_admins()
    {
        using var nobody = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var refused = await nobody.GetAsync(new Uri(service.Bot.Address, "jobs"));
        Assert.Equal(302, (int)refused.StatusCode);
        Assert.Contains("/staff/sign-in", refused.Headers.Location!.ToString(), StringComparison.Ordinal);

        // The link that was printed at the start is the admin's.
        using var admin = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() });
        var link = await service.Bot.PrintedAddress("/staff/link/");
        var page = await admin.GetStringAsync(link);
        var fields = Hidden().Matches(page).ToDictionary(field => field.Groups[1].Value, field => WebUtility.HtmlDecode(field.Groups[2].Value));
        using var form = new FormUrlEncodedContent(fields);
        using var entered = await admin.PostAsync(link, form);
        using var jobs = await admin.GetAsync(new Uri(service.Bot.Address, "jobs"));
        Assert.Equal(200, (int)jobs.StatusCode);
        Assert.Contains("Hangfire", await jobs.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_a_resident_says_is_logged()
    {
        var who = await service.NewResident();
        await service.Say(who, "张三的电话是13812345678,住3栋2单元501");
        Assert.DoesNotContain(service.Bot.Lines, line => line.Contains("13812345678", StringComparison.Ordinal) || line.Contains(who.Conversation, StringComparison.Ordinal));
    }

    private static Regex Hidden() => new("""<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)""");
}
