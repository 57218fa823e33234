using System.Net;
using Redactor.Listen;

namespace Redactor.Receive;

/// <summary>What the OTLP receiver listens on and how. Immutable once the receiver has started.</summary>
public sealed record ReceiverOptions
{
    /// <summary>Where gRPC is taken; null takes none. The default is the port that IANA registered for OTLP/gRPC, on loopback.</summary>
    public PortOptions? Grpc { get; init; } = new(new IPEndPoint(IPAddress.Loopback, 4317));

    /// <summary>Where OTLP/HTTP is taken; null takes none. The default is the port that IANA registered for OTLP/HTTP, on loopback.</summary>
    public PortOptions? Http { get; init; } = new(new IPEndPoint(IPAddress.Loopback, 4318));

    /// <summary>Names of the request headers that <see cref="Origin.Headers"/> keeps for the backend, in any case. Every other header is forgotten.</summary>
    public IReadOnlyList<string> PassOnHeaders { get; init; } = [];

    /// <summary>What senders may do.</summary>
    public ReceiveLimits Limits { get; init; } = new();
}
