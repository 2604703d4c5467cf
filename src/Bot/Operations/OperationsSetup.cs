using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.HttpOverrides;

namespace WuShe.Bot.Operations;

/// <summary>What the people who run the service look at.</summary>
public static class OperationsSetup
{
    /// <summary><c>/health/live</c> (the process answers), <c>/health/ready</c> (Redis and database answer), <c>/metrics</c>.</summary>
    public static void MapOperations(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready"), ResponseWriter = Report });
        app.MapPrometheusScrapingEndpoint("/metrics");
    }

    /// <summary>Behind a reverse proxy the scheme, host and client address are the proxy's word. Only loopback proxies are believed by default.</summary>
    public static void UseProxyHeaders(this WebApplication app) =>
        app.UseForwardedHeaders(new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
        });

    /// <summary>Names the parts and their state; no message of any of them.</summary>
    private static Task Report(HttpContext http, Microsoft.Extensions.Diagnostics.HealthChecks.HealthReport report) =>
        http.Response.WriteAsJsonAsync(report.Entries.ToDictionary(part => part.Key, part => part.Value.Status.ToString()));
}
