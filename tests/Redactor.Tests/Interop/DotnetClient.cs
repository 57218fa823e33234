using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Redactor.Tests.Interop;

/// <summary>The OpenTelemetry SDK for .NET with its own exporter.</summary>
internal static partial class DotnetClient
{
    private static readonly PlantedSecrets Planted = PlantedSecrets.Instance;

    /// <summary>Sends the same spans, log records and metrics to every one of <paramref name="endpoints"/>.</summary>
    public static Task SendAsync(OtlpExportProtocol protocol, Uri[] endpoints) => Task.Run(() =>
    {
        SendTraces(protocol, endpoints);
        SendLogs(protocol, endpoints);
        SendMetrics(protocol, endpoints);
    });

    private static void SendTraces(OtlpExportProtocol protocol, Uri[] endpoints)
    {
        using var source = new ActivitySource("interop.dotnet");
        var builder = Sdk.CreateTracerProviderBuilder().AddSource(source.Name);
        foreach (var endpoint in endpoints)
        {
            builder.AddOtlpExporter(endpoint.Authority, options => Point(options, protocol, endpoint, "traces"));
        }

        using var provider = builder.Build();
        using var activity = source.StartActivity($"GET /v1/keys/{Planted.Name}", ActivityKind.Client)!;
        activity.SetTag("gen_ai.input.messages", $$"""[{"role":"user","parts":[{"type":"text","content":"use {{Planted.Prompt}} please"}]}]""");
        activity.SetTag("gen_ai.completion", $"never show {Planted.Answer} to anyone");
        activity.SetTag("http.request.header.x-api-key", new[] { Planted.Header });
        activity.SetTag("http.request.header.authorization", $"Bearer {Planted.Header}");
        activity.SetTag("gen_ai.usage.input_tokens", 1824);
        activity.AddException(new InvalidOperationException($"cannot connect to postgresql://app:{Planted.Exception}@db.internal:5432/orders"));
        activity.SetStatus(ActivityStatusCode.Error, $"key {Planted.Name} was refused");
    }

    private static void SendLogs(OtlpExportProtocol protocol, Uri[] endpoints)
    {
        using var factory = LoggerFactory.Create(logging => logging.AddOpenTelemetry(options =>
        {
            options.IncludeFormattedMessage = true;
            foreach (var endpoint in endpoints)
            {
                options.AddOtlpExporter(endpoint.Authority, exporter => Point(exporter, protocol, endpoint, "logs"));
            }
        }));
        LoginFailed(factory.CreateLogger("interop"), Planted.Log);
    }

    private static void SendMetrics(OtlpExportProtocol protocol, Uri[] endpoints)
    {
        using var meter = new Meter("interop.dotnet");
        var builder = Sdk.CreateMeterProviderBuilder().AddMeter(meter.Name);
        foreach (var endpoint in endpoints)
        {
            builder.AddOtlpExporter(endpoint.Authority, options => Point(options, protocol, endpoint, "metrics"));
        }

        using var provider = builder.Build();
        meter.CreateCounter<long>("requests", description: $"calls with {Planted.Name}")
            .Add(3, new KeyValuePair<string, object?>("note", $"sent {Planted.Metric}"), new("http.route", "/v1/chat"));
    }

    private static void Point(OtlpExporterOptions options, OtlpExportProtocol protocol, Uri endpoint, string signal)
    {
        options.Protocol = protocol;
        options.Endpoint = protocol == OtlpExportProtocol.Grpc ? endpoint : new Uri(endpoint, $"/v1/{signal}");
    }

    [LoggerMessage(LogLevel.Error, "login failed, token {Token}")]
    private static partial void LoginFailed(ILogger logger, string token);
}
