namespace Redactor.Receive;

/// <summary>
/// Every limit on what senders may do to the receiver. How deep a message may nest is checked where it is walked, in Locate.
/// </summary>
public sealed record ReceiveLimits
{
    private const int KiB = 1024;
    private const int MiB = 1024 * KiB;

    /// <summary>Greatest size of one message in bytes, before and after inflation. 64 MiB, as the OTLP specification 1.11 recommends.</summary>
    public int MaxMessageBytes { get; init; } = 64 * MiB;

    /// <summary>
    /// Greatest sum of all requests in memory, and of what they were redacted to, in bytes; beyond it requests are refused as retryable. 256 MiB: four of the largest
    /// messages, or some 4000 of the usual 64 KiB.
    /// </summary>
    public long MaxBytesInFlight { get; init; } = 256L * MiB;

    /// <summary>Greatest number of headers of one request. 100, Kestrel's default; exporters send fewer than 20.</summary>
    public int MaxHeaderCount { get; init; } = 100;

    /// <summary>Greatest size of all headers of one request in bytes. 32 KiB, Kestrel's default; long bearer tokens take 8 KiB.</summary>
    public int MaxHeaderBytes { get; init; } = 32 * KiB;

    /// <summary>Greatest number of open connections, both ports together. 1024, so that with the window below a process stays within a common file limit.</summary>
    public int MaxConnections { get; init; } = 1024;

    /// <summary>Greatest number of calls at once on one HTTP/2 connection. 100, the least that RFC 9113 (6.5.2) recommends and Kestrel's default.</summary>
    public int MaxStreamsPerConnection { get; init; } = 100;

    /// <summary>
    /// How many bytes a sender may have under way on one HTTP/2 stream before it hears of their receipt. 2 MiB: measured, a request of 1 MiB
    /// then never waits for a window update. Between 64 KiB and 2^31-1.
    /// </summary>
    public int StreamWindowBytes { get; init; } = 2 * MiB;

    /// <summary>The same for all streams of one HTTP/2 connection. 4 MiB: two streams at full speed.</summary>
    public int ConnectionWindowBytes { get; init; } = 4 * MiB;

    /// <summary>
    /// How many bytes of one connection are read ahead of what is being worked on. 256 KiB, a quarter of Kestrel's default: 1024 connections that
    /// send requests behind one that waits then hold 256 MiB and not 1 GiB.
    /// </summary>
    public int ReadAheadBytes { get; init; } = 256 * KiB;

    /// <summary>How long a connection may be idle. 130 seconds, Kestrel's default: beyond the 120 seconds after which common clients let go.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(130);

    /// <summary>How long the headers of a request may take. 30 seconds, Kestrel's default.</summary>
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The least rate at which a request body must arrive, in bytes a second. 240, Kestrel's default.</summary>
    public double MinBodyBytesPerSecond { get; init; } = 240;

    /// <summary>How long a body may be slower than that. 5 seconds, Kestrel's default.</summary>
    public TimeSpan MinBodyRateGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a request body may take as a whole. 30 seconds: exporters give up after 5 to 30 by default, so that nobody waits for what comes
    /// later. Whoever keeps just above the least rate would else hold a connection for days.
    /// </summary>
    public TimeSpan BodyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the rest of a body that nobody reads is taken in before its sender is answered all the same. 5 seconds, as Kestrel does over HTTP/1.1.</summary>
    public TimeSpan UnreadBodyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Age after which a connection is asked to close (GOAWAY, or <c>Connection: close</c>), give or take a tenth by chance. 5 minutes:
    /// clients of gRPC keep one connection for ever and would never see a new replica.
    /// </summary>
    public TimeSpan MaxConnectionAge { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long requests under way may take to finish once the receiver stops. 25 seconds: Kubernetes kills after 30.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(25);
}
