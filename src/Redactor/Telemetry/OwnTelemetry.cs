using System.Diagnostics;
using System.Net;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Redactor.Telemetry;

/// <summary>
/// The program's own metrics, traces and audit records: metrics always for <c>/metrics</c>, all over OTLP if <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where.
/// The other standard <c>OTEL_*</c> variables hold too; the SDK reads them.
/// </summary>
public sealed class OwnTelemetry : IDisposable
{
    /// <summary>The standard variable that switches the export on.</summary>
    public const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Greatest number of label sets of one metric: 500 rules and more, most of which never find anything, and a dozen kinds of place. The SDK counts the rest as one.</summary>
    private const int MaxLabelSets = 4096;

    private readonly PrometheusReader prometheus = new();
    private readonly MeterProvider meters;
    private readonly TracerProvider? traces;
    private readonly ILoggerFactory? logs;

    /// <param name="export">Whether to send metrics and traces over OTLP.</param>
    /// <exception cref="OwnTelemetryException">The SDK can't use a variable.</exception>
    public OwnTelemetry(bool export)
    {
        var resource = ResourceBuilder.CreateEmpty().AddService("redactor", serviceVersion: ProductVersion.Text).AddTelemetrySdk().AddEnvironmentVariableDetector();
        var builder = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(RedactorMetrics.MeterName, "System.Runtime")
            .AddView("*", new MetricStreamConfiguration { CardinalityLimit = MaxLabelSets })
            .AddReader(prometheus.Reader);
        meters = Build(() => (export ? builder.AddOtlpExporter() : builder).Build());
        traces = export ? Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Source.Name).AddOtlpExporter().Build() : null;
        logs = !export ? null : LoggerFactory.Create(logging => logging.AddOpenTelemetry(records =>
        {
            records.SetResourceBuilder(resource).AddOtlpExporter();
            records.IncludeFormattedMessage = true;
        }));
        Audit = logs?.CreateLogger(AuditLog.Category);
    }

    /// <summary>One activity a request: signal, size, findings and outcome, never text. Costs nothing unless traces are exported.</summary>
    public static ActivitySource Source { get; } = new("Redactor");

    /// <summary>Sends audit records over OTLP; null: nothing is exported.</summary>
    public ILogger? Audit { get; }

    /// <summary>All metrics in Prometheus' text format.</summary>
    public string Scrape() => prometheus.Scrape();

    /// <summary>
    /// Whether <paramref name="endpoint"/> is one that we listen on ourselves: pods often set the variable for every container, and
    /// telemetry about forwarding one's own telemetry never ends.
    /// </summary>
    public static bool IsOurselves(string endpoint, IEnumerable<IPEndPoint?> listening) =>
        Uri.TryCreate(endpoint, UriKind.Absolute, out var uri)
        && (uri.IsLoopback || uri.Host is "0.0.0.0" or "[::]")
        && listening.Any(l => l?.Port == uri.Port);

    public void Dispose()
    {
        meters.Dispose();
        traces?.Dispose();
        logs?.Dispose();
        prometheus.Dispose();
    }

    private static MeterProvider Build(Func<MeterProvider> build)
    {
        try
        {
            return build();
        }
        catch (ArgumentException)
        {
            // The SDK's words may quote the credentials in the variable.
            throw new OwnTelemetryException("the variables of its own telemetry can't be used: OTEL_EXPORTER_OTLP_HEADERS takes name=value, with commas between; correct or unset it");
        }
    }
}

/// <summary>A variable of the program's own telemetry that the SDK can't use. The message holds nothing of its value.</summary>
public sealed class OwnTelemetryException(string message) : Exception(message);
