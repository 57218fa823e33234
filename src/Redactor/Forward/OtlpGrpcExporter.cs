using System.Net;
using System.Net.Http.Headers;

namespace Redactor.Forward;

/// <summary>Delivers to a backend that takes OTLP over gRPC. The framing is five bytes and two trailers, written here: so the payload is never copied.</summary>
internal sealed class OtlpGrpcExporter(OtlpExporterOptions options, BackendLog log) : IExporter
{
    private readonly BackendClient client = new(options, log);

    public string Name => options.Name;

    public string Destination => options.Endpoint.ToString();

    public IReadOnlyList<Signal> Signals => options.Signals;

    public async Task<ExportOutcome> ExportAsync(RedactedPayload payload, CancellationToken cancellation)
    {
        if (!OtlpForm.TryToProtobuf(payload, out var message))
        {
            return new ExportOutcome.Refused(Refusal.Malformed, "the JSON is not an OTLP request");
        }

        using var gzip = options.Gzip ? new GzipBuffer(message.Span) : null;
        using var content = PayloadContent.Grpc(gzip?.Bytes ?? message, compressed: gzip is not null);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.Endpoint, Path(payload.Signal)))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        request.Headers.TryAddWithoutValidation("grpc-timeout", $"{(long)options.Timeout.TotalMilliseconds}m");
        if (gzip is not null)
        {
            request.Headers.TryAddWithoutValidation("grpc-encoding", "gzip");
        }

        return await client.SendAsync(request, content, payload.Source.Origin, GrpcAnswer.ReadAsync, cancellation);
    }

    public void Dispose() => client.Dispose();

    private static string Path(Signal signal) => signal switch
    {
        Signal.Traces => "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
        Signal.Metrics => "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
        Signal.Logs => "/opentelemetry.proto.collector.logs.v1.LogsService/Export",
        Signal.Profiles => "/opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export",
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, "not a signal"),
    };
}
