using Microsoft.Extensions.Options;
using WuShe.Integrations.DirectLine;

namespace WuShe.Bot.Channels;

/// <summary>
/// Who may call what: CORS on every answer (a browser hides an error without it, and the client would then retry for
/// minutes), and the credential of the call. Bodies of refusals are what Direct Line clients expect.
/// </summary>
public sealed class DirectLineAccess(DirectLineTokens tokens, IOptions<DirectLineOptions> options, IHostEnvironment environment) : IEndpointFilter
{
    private readonly HashSet<string> _allowed = new(options.Value.AllowedOrigins.Split(' ', StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        Cors(context.HttpContext);
        return await next(context);
    }

    public IResult Preflight(HttpContext http)
    {
        Cors(http);
        return Results.NoContent();
    }

    /// <summary>The caller's credential for a conversation; null for the secret, which opens any.</summary>
    public async Task<(Caller? Caller, IResult? Refusal)> Caller(HttpContext http, string? conversation)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return (null, Error(401, "Unauthorized", "A Direct Line token is required."));
        var credential = header["Bearer ".Length..].Trim();
        if (tokens.IsSecret(credential)) return (new Caller(null), null);
        if (await tokens.Read(Pass.Conversation, credential) is not { } holder) return (null, Error(403, "TokenExpired", "The token is invalid or has expired."));
        return conversation is null || holder.Conversation == conversation
            ? (new Caller(holder), null)
            : (null, Error(403, "BadArgument", "The token is for another conversation."));
    }

    /// <summary>Whether a browser page of that origin may open a stream; other clients send none.</summary>
    public bool Admits(HttpContext http) => http.Request.Headers.Origin is not [{ Length: > 0 } origin] || Allowed(http, origin);

    public static IResult Error(int status, string code, string message) =>
        Results.Json(new { error = new { code, message } }, statusCode: status);

    private void Cors(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.Vary = "Origin";
        if (http.Request.Headers.Origin is not [{ Length: > 0 } origin] || !Allowed(http, origin)) return;
        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlAllowHeaders = "authorization, content-type, x-ms-bot-agent, x-requested-with";
        headers.AccessControlAllowMethods = "GET, POST, OPTIONS";
        headers.AccessControlExposeHeaders = "Retry-After";
        headers.AccessControlMaxAge = "600";
    }

    private bool Allowed(HttpContext http, string origin) =>
        string.Equals(origin, $"{http.Request.Scheme}://{http.Request.Host}", StringComparison.OrdinalIgnoreCase)
        || _allowed.Contains(origin)
        || (environment.IsDevelopment() && Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.IsLoopback);
}

/// <summary>Who calls: the holder of a token, or (null) a server with the secret.</summary>
public sealed record Caller(Holder? Holder)
{
    /// <summary>The person a call of the secret speaks for: the conversation's own resident.</summary>
    public Holder For(string conversation) => Holder ?? new Holder(conversation, "dl_" + conversation);
}
