using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Redactor.Receive;

/// <summary>Hands <see cref="ReceiveLimits"/> to Kestrel.</summary>
internal static class KestrelSetup
{
    public static void Apply(ReceiveLimits limits, KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = limits.MaxConnections;
        kestrel.Limits.KeepAliveTimeout = limits.IdleTimeout;
        kestrel.Limits.RequestHeadersTimeout = limits.HeadersTimeout;
        kestrel.Limits.MaxRequestHeaderCount = limits.MaxHeaderCount;
        kestrel.Limits.MaxRequestHeadersTotalSize = limits.MaxHeaderBytes;
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(limits.MinBodyBytesPerSecond, limits.MinBodyRateGrace);

        kestrel.Limits.MaxRequestBufferSize = limits.ReadAheadBytes;

        // Bodies are bounded where they are read, by the message they hold and not by what the transport adds to it.
        kestrel.Limits.MaxRequestBodySize = null;

        kestrel.Limits.Http2.MaxStreamsPerConnection = limits.MaxStreamsPerConnection;
        kestrel.Limits.Http2.InitialStreamWindowSize = limits.StreamWindowBytes;
        kestrel.Limits.Http2.InitialConnectionWindowSize = limits.ConnectionWindowBytes;
    }
}
