using System.Net;
using WuShe.Services.Common;

namespace WuShe.Integrations.BotFramework;

/// <summary>
/// Fetches pictures that activities name. One beside the conversation's own service is fetched with the bot's token; any other
/// only from a public address, without it: whoever writes must not choose what we read inside our own network.
/// </summary>
public sealed class BotMedia(IHttpClientFactory http, BotFrameworkChannel channel) : IMediaSource
{
    /// <summary>The name of the client that reaches public addresses only.</summary>
    public const string PublicClient = "bot-pictures";

    internal const string Own = "bot:own:";
    internal const string Public = "bot:public:";

    public bool Serves(string source) => source.StartsWith(Own, StringComparison.Ordinal) || source.StartsWith(Public, StringComparison.Ordinal);

    public async Task<Stream> Open(string source, CancellationToken ct)
    {
        var own = source.StartsWith(Own, StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Get, source[(own ? Own : Public).Length..]);
        try
        {
            if (own) await channel.Authorize(request, ct);
            using var answer = await http.CreateClient(own ? BotFrameworkChannel.HttpClient : PublicClient).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            if (answer.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError)
                throw new HttpRequestException($"{(int)answer.StatusCode}");
            if (!answer.IsSuccessStatusCode) throw new MediaGoneException($"{(int)answer.StatusCode}");
            return await Read(answer.Content, ct);
        }
        catch (PrivateAddressException)
        {
            throw new MediaGoneException("no public address");
        }
        catch (HttpRequestException refused) when (refused.InnerException is PrivateAddressException)
        {
            throw new MediaGoneException("no public address");
        }
        catch (Exception failure) when (failure is not HttpRequestException && BotFrameworkChannel.IsPassing(failure, ct))
        {
            throw new HttpRequestException(failure.GetType().Name, failure);
        }
    }

    private static async Task<MemoryStream> Read(HttpContent content, CancellationToken ct)
    {
        if (content.Headers.ContentLength > IPictures.MaxBytes) throw new MediaGoneException("too large");
        var file = new MemoryStream();
        await using var body = await content.ReadAsStreamAsync(ct);
        var buffer = new byte[16 * 1024];
        for (var read = await body.ReadAsync(buffer, ct); read > 0; read = await body.ReadAsync(buffer, ct))
        {
            file.Write(buffer, 0, read);
            if (file.Length > IPictures.MaxBytes) throw new MediaGoneException("too large");
        }
        file.Position = 0;
        return file.Length > 0 ? file : throw new MediaGoneException("empty");
    }
}
