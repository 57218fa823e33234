using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Redactor.Receive;

/// <summary>What the OTLP receiver listens on and how. Immutable once the receiver has started.</summary>
public sealed record ReceiverOptions
{
    /// <summary>Where gRPC is taken; null takes none. The default is the port that IANA registered for OTLP/gRPC, on loopback.</summary>
    public ReceiverEndpoint? Grpc { get; init; } = new(new IPEndPoint(IPAddress.Loopback, 4317));

    /// <summary>Where OTLP/HTTP is taken; null takes none. The default is the port that IANA registered for OTLP/HTTP, on loopback.</summary>
    public ReceiverEndpoint? Http { get; init; } = new(new IPEndPoint(IPAddress.Loopback, 4318));

    /// <summary>Names of the request headers that <see cref="Origin.Headers"/> keeps for the backend, in any case. Every other header is forgotten.</summary>
    public IReadOnlyList<string> PassOnHeaders { get; init; } = [];

    public ReceiveLimits Limits { get; init; } = new();
}

/// <summary>One listening address.</summary>
/// <param name="Address">Address and port; port 0 lets the system choose.</param>
/// <param name="Tls">The server's certificate and what it asks of clients; null listens in clear text.</param>
public sealed record ReceiverEndpoint(IPEndPoint Address, HttpsConnectionAdapterOptions? Tls = null);
