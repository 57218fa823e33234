using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;
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
    private readonly Intake intake;
    private ListenOptions? grpcListener;
    private ListenOptions? httpListener;

    /// <summary>Prepares a receiver; nothing listens before <see cref="StartAsync"/>.</summary>
    /// <param name="options">Where to listen, and the limits.</param>
    /// <param name="export">
    /// Gets every request that could be read. The payload's bytes are the receiver's again as soon as the task has a successful outcome.
    /// The token is cancelled when the sender's deadline passes or the sender is gone.
    /// </param>
    /// <param name="logger">Told of defects, without any text of a request.</param>
    /// <param name="onRefused">Told of every request that is turned away without <paramref name="export"/> having decided so, to count them.</param>
    /// <param name="time">Measures the age of connections; the system's clock unless a test says otherwise.</param>
    public OtlpReceiver(
        ReceiverOptions options,
        Func<Payload, CancellationToken, Task<ExportOutcome>> export,
        ILogger? logger = null,
        Action<Refusal>? onRefused = null,
        TimeProvider? time = null)
    {
        intake = new Intake(options, export, onRefused, logger ?? NullLogger.Instance);
        var grpc = new GrpcTransport(intake);
        var http = new HttpTransport(intake);

        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Limits.DrainTimeout);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            KestrelSetup.Apply(options.Limits, kestrel);
            var age = new ConnectionAge(options.Limits.MaxConnectionAge, time ?? TimeProvider.System);
            grpcListener = options.Grpc is null ? null : KestrelSetup.Listen(kestrel, options.Grpc, HttpProtocols.Http2, age);
            httpListener = options.Http is null ? null : KestrelSetup.Listen(kestrel, options.Http, HttpProtocols.Http1, age);
        });
        app = builder.Build();
        app.Run(context => GrpcTransport.Speaks(context.Request) ? grpc.HandleAsync(context) : http.HandleAsync(context));
    }

    /// <summary>Where gRPC is listening, with the port that the system chose; null if it isn't.</summary>
    public IPEndPoint? GrpcAddress => grpcListener?.IPEndPoint;

    /// <summary>Where OTLP/HTTP is listening, with the port that the system chose; null if it isn't.</summary>
    public IPEndPoint? HttpAddress => httpListener?.IPEndPoint;

    /// <summary>Bytes of request buffers in use now.</summary>
    public long BytesInFlight => intake.BytesInFlight;

    /// <summary>Starts to listen.</summary>
    /// <exception cref="IOException">An address is in use or not this machine's.</exception>
    public Task StartAsync(CancellationToken cancellation = default) => app.StartAsync(cancellation);

    /// <summary>Stops to accept, and waits for the requests under way, at most <see cref="ReceiveLimits.DrainTimeout"/>.</summary>
    public Task StopAsync(CancellationToken cancellation = default)
    {
        intake.Stop();
        return app.StopAsync(cancellation);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
