using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using WuShe.Integrations.DirectLine;

namespace WuShe.Bot.Channels;

/// <summary>The pass of this browser's resident: a year-long signed token in the browser brings back the same conversation.</summary>
public static class ChatToken
{
    internal const string Limit = "chat-token";
    private const int PassesPerMinute = 120;

    /// <summary>What the page sends: its resident token, if it has one.</summary>
    public sealed record Asked(string? Resident);

    public static async Task<IResult> Issue(Asked? asked, DirectLineTokens tokens)
    {
        var known = asked?.Resident is { Length: > 0 } resident ? await tokens.Read(Pass.Resident, resident) : null;
        var holder = known ?? DirectLineTokens.NewHolder();
        return Results.Json(new
        {
            conversationId = holder.Conversation,
            token = tokens.Issue(Pass.Conversation, holder),
            expiresIn = (int)DirectLineTokens.LifeOf(Pass.Conversation).TotalSeconds,
            resident = tokens.Issue(Pass.Resident, holder),
            domain = "directline",
        });
    }

    public static void AddLimit(RateLimiterOptions limits) =>
        limits.AddPolicy(Limit, http => RateLimitPartition.GetFixedWindowLimiter(
            http.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = PassesPerMinute, Window = TimeSpan.FromMinutes(1) }));
}
