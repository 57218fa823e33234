using System.Net;
using Microsoft.Extensions.Logging;
using Redactor.Listen;
using Redactor.Receive;

namespace Redactor.Tests.Receive;

/// <summary>A receiver on loopback ports of the system's choice, whose export function remembers what it was given.</summary>
internal sealed class TestReceiver : IAsyncDisposable
{
    private readonly OtlpReceiver receiver;
    private readonly string scheme;
    private readonly List<Payload> payloads = [];
    private readonly List<Refusal> refusals = [];
    private readonly List<(string Port, Admission Reason)> denials = [];

    private TestReceiver(
        ReceiverOptions options, Func<Payload, CancellationToken, Task<ExportOutcome>> export, ILogger? logger, bool keepPayloads, TimeProvider? time,
        Func<long, ExportOutcome.Retryable?>? backpressure)
    {
        scheme = options.Grpc?.Tls is null ? "http" : "https";
        receiver = new OtlpReceiver(options, keepPayloads ? KeepAsync : export, logger, Count, CountDenied, time, backpressure: backpressure);

        void Count(Refusal refusal)
        {
            lock (refusals)
            {
                refusals.Add(refusal);
            }
        }

        void CountDenied(string port, Admission reason)
        {
            lock (denials)
            {
                denials.Add((port, reason));
            }
        }

        async Task<ExportOutcome> KeepAsync(Payload payload, CancellationToken cancellation)
        {
            lock (payloads)
            {
                payloads.Add(payload with { Bytes = payload.Bytes.ToArray() });
            }

            return await export(payload, cancellation);
        }
    }

    public OtlpReceiver Receiver => receiver;

    public Uri Http => new($"{scheme}://{receiver.HttpAddress}");

    public Uri Grpc => new($"{scheme}://{receiver.GrpcAddress}");

    /// <summary>Copies of what the export function was given, in order.</summary>
    public IReadOnlyList<Payload> Payloads
    {
        get
        {
            lock (payloads)
            {
                return [.. payloads];
            }
        }
    }

    /// <summary>What the receiver says it has refused, in order.</summary>
    public IReadOnlyList<Refusal> Refusals
    {
        get
        {
            lock (refusals)
            {
                return [.. refusals];
            }
        }
    }

    /// <summary>Who was not let in according to the receiver, in order.</summary>
    public IReadOnlyList<(string Port, Admission Reason)> Denials
    {
        get
        {
            lock (denials)
            {
                return [.. denials];
            }
        }
    }

    public static Task<TestReceiver> StartAsync(ExportOutcome outcome, ReceiverOptions? options = null) =>
        StartAsync((_, _) => Task.FromResult(outcome), options);

    public static async Task<TestReceiver> StartAsync(
        Func<Payload, CancellationToken, Task<ExportOutcome>>? export = null, ReceiverOptions? options = null, ILogger? logger = null,
        bool keepPayloads = true, TimeProvider? time = null, Func<long, ExportOutcome.Retryable?>? backpressure = null)
    {
        options ??= new ReceiverOptions();
        var test = new TestReceiver(
            options with { Grpc = OnAnyPort(options.Grpc), Http = OnAnyPort(options.Http) },
            export ?? ((_, _) => Task.FromResult(ExportOutcome.Success)),
            logger,
            keepPayloads,
            time,
            backpressure);
        await test.receiver.StartAsync();
        return test;
    }

    public ValueTask DisposeAsync() => receiver.DisposeAsync();

    /// <summary>The same port, on a number of the system's choice.</summary>
    private static PortOptions? OnAnyPort(PortOptions? port) => port is null ? null : port with { Address = new IPEndPoint(IPAddress.Loopback, 0) };
}
