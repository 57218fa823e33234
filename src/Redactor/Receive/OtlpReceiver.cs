using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Redactor.Listen;
using Redactor.Receive.Grpc;
using Redactor.Receive.Http;

namespace Redactor.Receive;

/// <summary>
/// Takes OTLP over gRPC and HTTP and hands each request to one function, whose outcome becomes the answer. Has a web server of its own,
/// so that its limits bind nothing else in the process, and none of that server's log is kept: it could quote requests.
/// </summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly InFlightBytes inFlight;
    private readonly Intake intake;
    private readonly Port? grpcPort;
    private readonly Port? httpPort;

    /// <summary>Prepares a receiver; nothing listens before <see cref="StartAsync"/>.</summary>
    /// <param name="options">Where to listen, and the limits.</param>
    /// <param name="export">
    /// Gets every request that could be read. The payload's bytes are the receiver's again as soon as the task has a successful outcome.
    /// The token is cancelled when the sender's deadline passes or the sender is gone.
    /// </param>
    /// <param name="logger">Told of defects, without any text of a request.</param>
    /// <param name="onRefused">Told of every request that is turned away without <paramref name="export"/> having decided so, to count them.</param>
    /// <param name="onDenied">Told of everyone who is not let in, by the port's name, to count them.</param>
    /// <param name="time">Measures the age of connections and of what was read from files; the system's clock unless a test says otherwise.</param>
    /// <param name="inFlight">Where request buffers are accounted for, with what others hold of requests; null: with nothing else.</param>
    /// <param name="backpressure">Says beforehand that <paramref name="export"/> would take nothing now; asked before a body is read, with the bytes of requests that are under way. Null says nothing.</param>
    /// <exception cref="IOException">A file with certificates or credentials can't be used; the message says why.</exception>
    public OtlpReceiver(
        ReceiverOptions options,
        Func<Payload, CancellationToken, Task<ExportOutcome>> export,
        ILogger? logger = null,
        Action<Refusal>? onRefused = null,
        Action<string, Admission>? onDenied = null,
        TimeProvider? time = null,
        InFlightBytes? inFlight = null,
        Func<long, ExportOutcome.Retryable?>? backpressure = null)
    {
        logger ??= NullLogger.Instance;
        time ??= TimeProvider.System;
        this.inFlight = inFlight ?? new InFlightBytes(options.Limits.MaxBytesInFlight);
        intake = new Intake(options, export, backpressure, this.inFlight, onRefused, logger);
        grpcPort = options.Grpc is null ? null : new Port("grpc", options.Grpc, logger, onDenied, time);
        httpPort = options.Http is null ? null : new Port("http", options.Http, logger, onDenied, time);
        var grpc = new GrpcTransport(intake);
        var http = new HttpTransport(intake);

        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Limits.DrainTimeout);
        builder.Services.Configure<SocketTransportOptions>(sockets => sockets.MaxReadBufferSize = options.Limits.ReadAheadBytes);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            KestrelSetup.Apply(options.Limits, kestrel);
            // TLS agrees on the protocol, so that with it either port takes either transport.
            grpcPort?.Open(kestrel, HttpProtocols.Http2, HttpProtocols.Http1AndHttp2, options.Limits.MaxConnectionAge);
            httpPort?.Open(kestrel, HttpProtocols.Http1, HttpProtocols.Http1AndHttp2, options.Limits.MaxConnectionAge);
        });
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, ReadBlocks>();
        app = builder.Build();
        app.Run(context => GrpcTransport.Speaks(context.Request) ? grpc.HandleAsync(context) : http.HandleAsync(context));
    }

    /// <summary>Where gRPC is listening, with the port that the system chose; null if it isn't.</summary>
    public IPEndPoint? GrpcAddress => grpcPort?.Address;

    /// <summary>Where OTLP/HTTP is listening, with the port that the system chose; null if it isn't.</summary>
    public IPEndPoint? HttpAddress => httpPort?.Address;

    /// <summary>Bytes of requests in memory now.</summary>
    public long BytesInFlight => inFlight.Current;

    /// <summary>Starts to listen.</summary>
    /// <exception cref="IOException">An address is in use, not this machine's, or not for this user; the message names it.</exception>
    public Task StartAsync() => Port.StartAsync(app, grpcPort, httpPort);

    /// <summary>Stops to accept, and waits for the requests under way, at most <see cref="ReceiveLimits.DrainTimeout"/>.</summary>
    public Task StopAsync(CancellationToken cancellation = default)
    {
        intake.Stop();
        return app.StopAsync(cancellation);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
