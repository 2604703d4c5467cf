using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using WuShe.Bot.Channels;
using WuShe.Integrations.LanguageModel;
using WuShe.Integrations.WeChat;
using WuShe.Services.Common.Messages;

namespace WuShe.Bot.Operations;

/// <summary>Metrics at <c>/metrics</c>; traces and metrics over OTLP when OTEL_EXPORTER_OTLP_ENDPOINT is set.</summary>
public static class Telemetry
{
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var otlp = builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 };
        var telemetry = builder.Services.AddOpenTelemetry().WithMetrics(metrics =>
        {
            metrics.AddMeter(
                MeteredTurns.Name, OutboxMetrics.MeterName, WeChatMetrics.MeterName, WeComEndpoint.MeterName, SecondOpinion.MeterName,
                "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime");
            metrics.AddPrometheusExporter();
            if (otlp) metrics.AddOtlpExporter();
        });

        // A trace that nobody collects costs every turn and tells nobody anything.
        if (otlp) telemetry.WithTracing(traces => traces.AddSource(MeteredTurns.Name).AddAspNetCoreInstrumentation().AddOtlpExporter());
    }
}
