using System.Net;
using System.Text;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Redactor.Otlp;

namespace Redactor.Tests.Faults;

/// <summary>How a backend misbehaves.</summary>
internal enum BackendFault
{
    None,

    /// <summary>Takes the request and never answers.</summary>
    Hang,

    /// <summary>Drops the connection before it has kept anything.</summary>
    Reset,

    /// <summary>Keeps the records and drops the connection before it says so.</summary>
    ResetAfterwards,

    /// <summary>Answers a code after which the sender may try again.</summary>
    Retryable,

    /// <summary>Answers a code after which it may not.</summary>
    Permanent,

    /// <summary>Takes small requests only.</summary>
    TooLarge,

    /// <summary>Keeps all records but the last, and says so.</summary>
    Partial,

    /// <summary>Does not listen.</summary>
    Down,
}

/// <summary>A backend for logs that counts each record and misbehaves on demand.</summary>
/// <param name="port">Where it listens on the loopback interface.</param>
/// <param name="grpc">Whether it speaks gRPC; otherwise HTTP.</param>
/// <param name="records">How many numbers there are.</param>
/// <param name="secret">What must not arrive.</param>
internal sealed class FaultyBackend(int port, bool grpc, int records, string secret) : IAsyncDisposable
{
    private const int PrefixLength = 5;

    /// <summary>Records in the largest request that a backend takes which calls larger ones too large.</summary>
    private const int SmallRequest = NumberedRecords.BatchSize / 3;

    /// <summary>The retryable codes of OTLP 1.11, "OTLP/gRPC response" and "OTLP/HTTP response"; RESOURCE_EXHAUSTED is one only with RetryInfo.</summary>
    private static readonly int[] RetryableGrpc = [1, 4, 10, 11, 14, 15];
    private static readonly int[] RetryableHttp = [429, 502, 503, 504];

    private static readonly int[] PermanentGrpc = [2, 3, 5, 6, 7, 8, 9, 12, 13, 16];
    private static readonly int[] PermanentHttp = [400, 401, 403, 404, 422, 500, 501];

    private readonly int[] arrivals = new int[records];
    private readonly byte[] secretBytes = Encoding.UTF8.GetBytes(secret);
    private WebApplication? app;
    private volatile int leaks;

    /// <summary>How it misbehaves now.</summary>
    public volatile BackendFault Fault;

    /// <summary>How often each number arrived.</summary>
    public IReadOnlyList<int> Arrivals => arrivals;

    /// <summary>Requests in which the secret arrived.</summary>
    public int Leaks => leaks;

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = grpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
        app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
    }

    /// <summary>Misbehaves for a while.</summary>
    public async Task MisbehaveAsync(BackendFault fault, TimeSpan duration)
    {
        Fault = fault;
        if (fault == BackendFault.Down)
        {
            await DisposeAsync();
        }

        await Task.Delay(duration);
        if (fault == BackendFault.Down)
        {
            await StartAsync();
        }

        Fault = BackendFault.None;
    }

    public async ValueTask DisposeAsync()
    {
        if (app is { } running)
        {
            app = null;
            using var now = new CancellationTokenSource(0);
            await running.StopAsync(now.Token);
            await running.DisposeAsync();
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var message = body.ToArray().AsMemory(grpc ? PrefixLength : 0);
        int[] numbers = [.. NumberedRecords.Numbers(message.Span)];
        switch (Fault)
        {
            case BackendFault.Hang or BackendFault.Down:
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                break;
            case BackendFault.Reset:
                context.Abort();
                break;
            case BackendFault.ResetAfterwards:
                Keep(message.Span, numbers);
                context.Abort();
                break;
            case BackendFault.Retryable:
                Refuse(context, OneOf(grpc ? RetryableGrpc : RetryableHttp), "later");
                break;
            case BackendFault.Permanent:
                Refuse(context, OneOf(grpc ? PermanentGrpc : PermanentHttp), "never");
                break;
            case BackendFault.TooLarge when numbers.Length > SmallRequest:
                Refuse(context, grpc ? (int)GrpcStatusCode.ResourceExhausted : StatusCodes.Status413PayloadTooLarge, "received message larger than max");
                break;
            case BackendFault.Partial:
                Keep(message.Span, numbers.AsSpan(..^1));
                await AcceptAsync(context, new ExportLogsServiceResponse { PartialSuccess = new ExportLogsPartialSuccess { RejectedLogRecords = 1, ErrorMessage = "one is wrong" } });
                break;
            default:
                Keep(message.Span, numbers);
                await AcceptAsync(context, new ExportLogsServiceResponse());
                break;
        }
    }

    private void Keep(ReadOnlySpan<byte> message, ReadOnlySpan<int> numbers)
    {
        if (message.IndexOf(secretBytes) >= 0)
        {
            Interlocked.Increment(ref leaks);
        }

        foreach (int number in numbers)
        {
            Interlocked.Increment(ref arrivals[number]);
        }
    }

    private void Refuse(HttpContext context, int code, string message)
    {
        if (grpc)
        {
            context.Response.ContentType = "application/grpc";
            context.Response.Headers["grpc-status"] = code.ToString(null, null);
            context.Response.Headers["grpc-message"] = message;
        }
        else
        {
            context.Response.StatusCode = code;
        }
    }

    private async Task AcceptAsync(HttpContext context, IMessage answer)
    {
        byte[] bytes = answer.ToByteArray();
        context.Response.ContentType = grpc ? "application/grpc" : "application/x-protobuf";
        if (!grpc)
        {
            await context.Response.Body.WriteAsync(bytes);
            return;
        }

        await context.Response.Body.WriteAsync(new byte[] { 0, 0, 0, 0, (byte)bytes.Length });
        await context.Response.Body.WriteAsync(bytes);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private static int OneOf(int[] codes) => codes[Random.Shared.Next(codes.Length)];
}
