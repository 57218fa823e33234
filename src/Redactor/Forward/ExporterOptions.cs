namespace Redactor.Forward;

/// <summary>What every exporter has.</summary>
public abstract record ExporterOptions
{
    /// <summary>The name in the configuration, as in the collector: <c>otlp</c>, or <c>otlp/second</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The signals that go there; all by default.</summary>
    public IReadOnlyList<Signal> Signals { get; init; } = Enum.GetValues<Signal>();
}

/// <summary>What every exporter has that sends over a network.</summary>
public abstract record BackendOptions : ExporterOptions
{
    /// <summary>How long a backend may take to answer one request. 5 seconds, the collector's default for gRPC.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How to try again. Null where the configuration does not say: with a queue by the defaults, without one not at all, since the sender
    /// waits for the answer, holds the data and tries again itself.
    /// </summary>
    public RetryOptions? Retry { get; init; }
}

/// <summary>Telemetry as JSON on standard output, for a first look.</summary>
public sealed record DebugExporterOptions : ExporterOptions;

/// <summary>How a backend takes OTLP.</summary>
public enum OtlpTransport
{
    /// <summary>gRPC over HTTP/2, protobuf only.</summary>
    Grpc,

    /// <summary>HTTP, each payload in the encoding in which it came.</summary>
    Http,
}

/// <summary>A backend that takes OTLP.</summary>
public sealed record OtlpExporterOptions : BackendOptions
{
    /// <summary>How requests travel.</summary>
    public required OtlpTransport Transport { get; init; }

    /// <summary>Scheme, host and port, for HTTP also the path before <c>/v1/...</c>. Holds neither a user nor a query.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Headers of every request. Their values may be secret: never shown, never logged.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Names, in lower case, of the sender's headers that are passed on; the sender's value replaces one of <see cref="Headers"/>.</summary>
    public IReadOnlyList<string> ForwardHeaders { get; init; } = [];

    /// <summary>Whether requests are compressed with gzip. Off by default: the hop mostly sits next to its backend, and gzip costs more than everything else.</summary>
    public bool Gzip { get; init; }

    /// <summary>How the backend proves who it is, and how we do.</summary>
    public BackendTls Tls { get; init; } = new();
}
