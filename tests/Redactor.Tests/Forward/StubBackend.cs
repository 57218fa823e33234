using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Redactor.Tests.Forward;

/// <summary>What a stub backend was sent.</summary>
internal sealed record StubRequest(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body);

/// <summary>A backend on a port of the system's choice that remembers what it was sent and answers as the test says.</summary>
internal sealed class StubBackend : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly List<StubRequest> requests = [];
    private ListenOptions? listener;

    private StubBackend(HttpProtocols protocols, RequestDelegate answer, Action<ListenOptions>? listen, bool readBody)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, options =>
            {
                options.Protocols = protocols;
                listen?.Invoke(options);
                listener = options;
            });
        });
        app = builder.Build();
        app.Run(async context =>
        {
            if (readBody)
            {
                await RememberAsync(context.Request);
            }

            await answer(context);
        });
    }

    public Uri Address => new($"http://{listener!.IPEndPoint}");

    public Uri SecureAddress => new($"https://localhost:{listener!.IPEndPoint!.Port}");

    public IReadOnlyList<StubRequest> Requests
    {
        get
        {
            lock (requests)
            {
                return [.. requests];
            }
        }
    }

    /// <summary>A gRPC backend.</summary>
    public static Task<StubBackend> GrpcAsync(RequestDelegate answer, bool readBody = true) => StartAsync(new StubBackend(HttpProtocols.Http2, answer, null, readBody));

    /// <summary>An HTTP backend.</summary>
    public static Task<StubBackend> HttpAsync(RequestDelegate answer, Action<ListenOptions>? listen = null) =>
        StartAsync(new StubBackend(HttpProtocols.Http1, answer, listen, readBody: true));

    /// <summary>Answers with trailers, as gRPC servers do after a message, or without a message in headers alone.</summary>
    public static RequestDelegate GrpcAnswer(GrpcStatusCode code, string message = "", byte[]? body = null, string? details = null) => async context =>
    {
        context.Response.ContentType = "application/grpc";
        if (code != GrpcStatusCode.Ok)
        {
            context.Response.Headers["grpc-status"] = ((int)code).ToString(null, null);
            context.Response.Headers["grpc-message"] = Uri.EscapeDataString(message);
            if (details is not null)
            {
                context.Response.Headers["grpc-status-details-bin"] = details;
            }

            return;
        }

        body ??= [];
        await context.Response.Body.WriteAsync(new byte[] { 0, 0, 0, 0, (byte)body.Length });
        await context.Response.Body.WriteAsync(body);
        context.Response.AppendTrailer("grpc-status", "0");
    };

    public static RequestDelegate HttpReply(int status, string contentType = "application/x-protobuf", byte[]? body = null, string? retryAfter = null) => async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }

        await context.Response.Body.WriteAsync(body ?? []);
    };

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static async Task<StubBackend> StartAsync(StubBackend backend)
    {
        await backend.app.StartAsync();
        return backend;
    }

    private async Task RememberAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var remembered = new StubRequest(request.Path, request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString()), body.ToArray());
        lock (requests)
        {
            requests.Add(remembered);
        }
    }
}
