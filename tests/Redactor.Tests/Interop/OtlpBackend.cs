using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Redactor.Tests.Interop;

/// <summary>One request as a backend got it, unpacked.</summary>
/// <param name="Path">The path of the URL: a gRPC method, or what ends in <c>/v1/traces</c> and the like.</param>
/// <param name="Encoding">Protobuf or OTLP/JSON.</param>
/// <param name="Headers">The request's headers.</param>
/// <param name="Message">The message without gRPC's prefix and uncompressed; valid only until the handler returns.</param>
internal readonly record struct BackendRequest(string Path, PayloadEncoding Encoding, IHeaderDictionary Headers, ReadOnlyMemory<byte> Message)
{
    public Signal Signal => Path switch
    {
        _ when Path.Contains("TraceService", StringComparison.Ordinal) || Path.EndsWith("/v1/traces", StringComparison.Ordinal) => Signal.Traces,
        _ when Path.Contains("MetricsService", StringComparison.Ordinal) || Path.EndsWith("/v1/metrics", StringComparison.Ordinal) => Signal.Metrics,
        _ when Path.Contains("LogsService", StringComparison.Ordinal) || Path.EndsWith("/v1/logs", StringComparison.Ordinal) => Signal.Logs,
        _ => Signal.Profiles,
    };
}

/// <summary>
/// A backend that accepts everything: OTLP/gRPC on one port, OTLP/HTTP on another. It shares no code with the product's receivers, and
/// costs little, so that benchmarks can use it too.
/// </summary>
internal sealed class OtlpBackend : IAsyncDisposable
{
    private const int PrefixLength = 5;

    private static readonly byte[] EmptyMessage = new byte[PrefixLength];

    private readonly WebApplication app;

    private OtlpBackend(WebApplication app, Uri[] addresses)
    {
        this.app = app;
        Grpc = addresses[0];
        Http = addresses[1];
    }

    public Uri Grpc { get; }

    public Uri Http { get; }

    /// <summary>Starts to listen on the loopback interface; a port of 0 takes any free one.</summary>
    public static async Task<OtlpBackend> StartAsync(Action<BackendRequest> handle, int grpcPort = 0, int httpPort = 0)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.Http2.InitialStreamWindowSize = 2 << 20;
            kestrel.Limits.Http2.InitialConnectionWindowSize = 8 << 20;
            kestrel.Listen(IPAddress.Loopback, grpcPort, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, httpPort, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        app.Run(context => context.Request.Protocol == HttpProtocol.Http2 ? AnswerGrpcAsync(context, handle) : AnswerHttpAsync(context, handle));
        await app.StartAsync();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new OtlpBackend(app, [.. addresses.Select(a => new Uri(a))]);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static async Task AnswerGrpcAsync(HttpContext context, Action<BackendRequest> handle)
    {
        using (var body = await PooledBody.ReadAsync(context.Request))
        {
            int length = checked((int)BinaryPrimitives.ReadUInt32BigEndian(body.Bytes.Span[1..]));
            Handle(context, handle, body.Bytes.Slice(PrefixLength, length), gzip: body.Bytes.Span[0] == 1);
        }

        context.Response.ContentType = "application/grpc";
        context.Response.DeclareTrailer("grpc-status");
        await context.Response.BodyWriter.WriteAsync(EmptyMessage);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private static async Task AnswerHttpAsync(HttpContext context, Action<BackendRequest> handle)
    {
        // langsmith asks GET /info before it exports.
        if (context.Request.Method == HttpMethods.Post)
        {
            using var body = await PooledBody.ReadAsync(context.Request);
            Handle(context, handle, body.Bytes, gzip: context.Request.Headers.ContentEncoding == "gzip");
        }

        context.Response.ContentType = context.Request.ContentType ?? "application/json";
        if (EncodingOf(context) == PayloadEncoding.Json)
        {
            await context.Response.WriteAsync("{}");
        }
    }

    private static void Handle(HttpContext context, Action<BackendRequest> handle, ReadOnlyMemory<byte> message, bool gzip) =>
        handle(new BackendRequest(context.Request.Path.Value!, EncodingOf(context), context.Request.Headers, gzip ? Inflate(message) : message));

    private static PayloadEncoding EncodingOf(HttpContext context) =>
        context.Request.ContentType is { } type && type.StartsWith("application/json", StringComparison.Ordinal) ? PayloadEncoding.Json : PayloadEncoding.Protobuf;

    private static byte[] Inflate(ReadOnlyMemory<byte> packed)
    {
        using var inflated = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
        gzip.CopyTo(inflated);
        return inflated.ToArray();
    }

    /// <summary>A request's body in rented memory.</summary>
    private sealed class PooledBody(int capacity) : IDisposable
    {
        private byte[] rented = ArrayPool<byte>.Shared.Rent(capacity);
        private int length;

        public ReadOnlyMemory<byte> Bytes => rented.AsMemory(0, length);

        public static async Task<PooledBody> ReadAsync(HttpRequest request)
        {
            var body = new PooledBody((int)(request.ContentLength ?? 64 << 10));
            ReadResult read;
            do
            {
                read = await request.BodyReader.ReadAsync();
                body.Add(read.Buffer);
                request.BodyReader.AdvanceTo(read.Buffer.End);
            }
            while (!read.IsCompleted);
            return body;
        }

        public void Dispose() => ArrayPool<byte>.Shared.Return(rented);

        private void Add(ReadOnlySequence<byte> part)
        {
            int needed = checked(length + (int)part.Length);
            if (needed > rented.Length)
            {
                byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, rented.Length * 2));
                Bytes.CopyTo(larger);
                ArrayPool<byte>.Shared.Return(rented);
                rented = larger;
            }

            part.CopyTo(rented.AsSpan(length));
            length = needed;
        }
    }
}
