namespace Redactor.Forward;

/// <summary>Delivers to a backend that takes OTLP over HTTP, each payload in the encoding in which it came; what was no OTLP goes as protobuf.</summary>
internal sealed class OtlpHttpExporter(OtlpExporterOptions options, BackendLog log) : IExporter
{
    private readonly BackendClient client = new(options, log);

    public string Name => options.Name;

    public string Destination => options.Endpoint.ToString();

    public IReadOnlyList<Signal> Signals => options.Signals;

    public async Task<ExportOutcome> ExportAsync(RedactedPayload payload, CancellationToken cancellation)
    {
        var message = payload.Bytes;
        if (payload.Encoding != PayloadEncoding.Json && !OtlpForm.TryToProtobuf(payload, out message))
        {
            return new ExportOutcome.Refused(Refusal.Malformed, "the JSON is not an OTLP request");
        }

        using var gzip = options.Gzip ? new GzipBuffer(message.Span) : null;
        using var content = PayloadContent.Http(gzip?.Bytes ?? message, payload.Encoding, compressed: gzip is not null);
        using var request = new HttpRequestMessage(HttpMethod.Post, UriOf(payload.Signal));
        return await client.SendAsync(request, content, payload.Source.Origin, HttpAnswer.ReadAsync, cancellation);
    }

    public void Dispose() => client.Dispose();

    private Uri UriOf(Signal signal) => new(options.Endpoint.ToString().TrimEnd('/') + signal switch
    {
        Signal.Traces => "/v1/traces",
        Signal.Metrics => "/v1/metrics",
        Signal.Logs => "/v1/logs",
        Signal.Profiles => "/v1development/profiles",
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, "not a signal"),
    });
}
