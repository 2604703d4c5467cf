using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace WuShe.Bot.Tests.WeChatStory;

/// <summary>A resident of the web chat over the REST calls of Direct Line, without a browser.</summary>
internal sealed class WebPerson : IDisposable
{
    private readonly HttpClient _http;
    private string _conversation = "";
    private string _watermark = "0";

    private WebPerson(Uri bot) => _http = new HttpClient { BaseAddress = bot };

    /// <summary>What opens this conversation for half an hour.</summary>
    public string Token { get; private set; } = "";

    /// <summary>What the browser keeps to be the same resident again.</summary>
    public string Resident { get; private set; } = "";

    public static async Task<WebPerson> Open(Uri bot)
    {
        var person = new WebPerson(bot);
        using var pass = await person._http.PostAsJsonAsync("chat/token", new { });
        var issued = await pass.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        (person.Token, person.Resident) = (issued.GetProperty("token").GetString()!, issued.GetProperty("resident").GetString()!);
        person._http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", issued.GetProperty("token").GetString());
        using var begun = await person._http.PostAsync(new Uri("directline/conversations", UriKind.Relative), null);
        person._conversation = (await begun.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("conversationId").GetString()!;
        return person;
    }

    public Task<List<Reply>> Greeting() => New();

    public async Task<List<Reply>> Say(string words)
    {
        using var posted = await _http.PostAsJsonAsync($"directline/conversations/{_conversation}/activities", new { type = "message", from = new { id = "me" }, text = words });
        posted.EnsureSuccessStatusCode();
        return await New();
    }

    public async Task<List<Reply>> Upload(byte[] picture)
    {
        using var file = new ByteArrayContent(picture);
        file.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        using var form = new MultipartFormDataContent { { file, "file", "photo.jpg" } };
        using var posted = await _http.PostAsync(new Uri($"directline/conversations/{_conversation}/upload?userId=me", UriKind.Relative), form);
        posted.EnsureSuccessStatusCode();
        return await New();
    }

    public void Dispose() => _http.Dispose();

    /// <summary>What the bot said since the last call: a post is answered once its turn is over.</summary>
    private async Task<List<Reply>> New()
    {
        var set = await _http.GetFromJsonAsync<JsonElement>($"directline/conversations/{_conversation}/activities?watermark={_watermark}");
        _watermark = set.GetProperty("watermark").GetString()!;
        var replies = new List<Reply>();
        foreach (var activity in set.GetProperty("activities").EnumerateArray())
        {
            if (activity.GetProperty("from").GetProperty("role").GetString() != "bot") continue;
            string[] options = activity.TryGetProperty("suggestedActions", out var suggested)
                ? [.. suggested.GetProperty("actions").EnumerateArray().Select(action => action.GetProperty("title").GetString()!)]
                : [];
            replies.Add(new Reply(activity.TryGetProperty("text", out var text) ? text.GetString()! : "", options));
        }
        return replies;
    }
}
