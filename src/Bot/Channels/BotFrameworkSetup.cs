using System.Buffers;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using WuShe.Dialogs;
using WuShe.Dialogs.Understanding;
using WuShe.Integrations.BotFramework;
using WuShe.Services.Common;

namespace WuShe.Bot.Channels;

/// <summary>The Bot Framework messaging endpoint, for every channel that speaks it and for the Emulator.</summary>
public static class BotFrameworkSetup
{
    private const int MostBytes = 256 * 1024;

    public static IServiceCollection AddBotFramework(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<BotFrameworkOptions>().Bind(configuration.GetSection("BotFramework")).ValidateDataAnnotations().ValidateOnStart();
        services.AddHttpClient(BotFrameworkChannel.HttpClient)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false })
            // A message that may have been sent is not sent again here; the outbox decides that.
            .AddStandardResilienceHandler(resilience => resilience.Retry.DisableForUnsafeHttpMethods());
        services.AddHttpClient(BotMedia.PublicClient, client => client.Timeout = TimeSpan.FromSeconds(30)).ConfigurePrimaryHttpMessageHandler(PublicAddresses.Handler);
        services.AddSingleton(provider => new ConfigurationManager<OpenIdConnectConfiguration>(
            provider.GetRequiredService<IOptions<BotFrameworkOptions>>().Value.OpenIdMetadata,
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(provider.GetRequiredService<IHttpClientFactory>().CreateClient(BotFrameworkChannel.HttpClient)) { RequireHttps = false }));
        services.AddSingleton<InboundTokens>();
        services.AddSingleton<ConnectorTokens>();
        services.AddSingleton<BotFrameworkChannel>();
        services.AddSingleton<IChannel>(provider => provider.GetRequiredService<BotFrameworkChannel>());
        services.AddSingleton<IMediaSource, BotMedia>();
        services.AddSingleton<BotPictures>();
        services.AddSingleton<BotFrameworkTurns>();
        services.AddSingleton<BotFrameworkEndpoint>();
        return services;
    }

    public static void MapBotFramework(this WebApplication app)
    {
        var endpoint = app.Services.GetRequiredService<BotFrameworkEndpoint>();
        app.MapPost("/api/messages", endpoint.Receive);
    }

    /// <summary>Verifies, parses, runs the turn, answers. The replies go with the answer where the caller takes them so.</summary>
    public sealed class BotFrameworkEndpoint(BotFrameworkTurns turns, BotFrameworkChannel channel, InboundTokens tokens, IOptions<BotFrameworkOptions> options)
    {
        private readonly bool _anonymous = options.Value.Anonymous;

        public async Task Receive(HttpContext http)
        {
            // Nobody is registered: only this machine is heard. A header that is there is still a claim we cannot check.
            if (_anonymous && (!IsLocal(http) || http.Request.Headers.Authorization.Count > 0))
            {
                await Refuse(http, 401, "Unauthorized");
                return;
            }
            var activity = await Read(http);
            if (activity is not { } said) return;
            if (!_anonymous && !await tokens.Accepts(http.Request.Headers.Authorization, said.ServiceUrl, said.ChannelId, http.RequestAborted))
            {
                await Refuse(http, 401, "Unauthorized");
                return;
            }
            await Act(http, said);
        }

        private async Task Act(HttpContext http, BotActivity said)
        {
            if (said.Type == "invoke")
            {
                http.Response.StatusCode = StatusCodes.Status501NotImplemented;
                return;
            }
            if (!BotFrameworkTurns.Means(said))
            {
                if (said.ExpectsReplies) await WriteReplies(http, said, []);
                return;
            }
            if (said is not { ConversationId.Length: > 0, ChannelId.Length: > 0, Id.Length: > 0 })
            {
                await Refuse(http, 400, "BadArgument");
                return;
            }
            if (said.ExpectsReplies) await WriteReplies(http, said, await turns.Answer(said, http.RequestAborted));
            else if (channel.Reaches(said.ServiceUrl)) await turns.Send(said);
            else await Refuse(http, 400, "BadArgument");
        }

        private static async Task<BotActivity?> Read(HttpContext http)
        {
            var reader = http.Request.BodyReader;
            while (true)
            {
                var read = await reader.ReadAsync(http.RequestAborted);
                if (read.Buffer.Length > MostBytes)
                {
                    reader.AdvanceTo(read.Buffer.End);
                    await Refuse(http, 413, "MessageSizeTooBig");
                    return null;
                }
                if (!read.IsCompleted)
                {
                    reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                    continue;
                }
                var activity = Parse(read.Buffer);
                reader.AdvanceTo(read.Buffer.End);
                if (activity is { Type.Length: > 0 }) return activity;
                await Refuse(http, 400, "BadArgument");
                return null;
            }
        }

        private static BotActivity? Parse(in ReadOnlySequence<byte> body)
        {
            try
            {
                return BotActivity.Read(body);
            }
            catch (InvalidOperationException)
            {
                // A string that cannot be read: once more without what is wrong with it.
                return Mended(body);
            }
            catch (JsonException)
            {
                return null;
            }
        }

        private static BotActivity? Mended(in ReadOnlySequence<byte> body)
        {
            try
            {
                return BotActivity.Read(new ReadOnlySequence<byte>(PlainJson.Readable(body.ToArray())));
            }
            catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
            {
                return null;
            }
        }

        private static async Task WriteReplies(HttpContext http, BotActivity to, IReadOnlyList<Message> replies)
        {
            http.Response.ContentType = "application/json; charset=utf-8";
            BotReplies.WriteExpected(http.Response.BodyWriter, to, replies);
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
        }

        private static bool IsLocal(HttpContext http) =>
            http.Connection.RemoteIpAddress is not { } from || IPAddress.IsLoopback(from);

        private static Task Refuse(HttpContext http, int status, string code)
        {
            http.Response.StatusCode = status;
            return http.Response.WriteAsJsonAsync(new { error = new { code, message = "The activity was not accepted." } });
        }
    }
}
