using System.Net;
using Microsoft.Extensions.Logging;
using Redactor.Receive;

namespace Redactor.Tests.Receive;

/// <summary>A receiver on loopback ports of the system's choice, whose export function remembers what it was given.</summary>
internal sealed class TestReceiver : IAsyncDisposable
{
    private readonly OtlpReceiver receiver;
    private readonly List<Payload> payloads = [];
    private readonly List<Refusal> refusals = [];

    private TestReceiver(ReceiverOptions options, Func<Payload, CancellationToken, Task<ExportOutcome>> export, ILogger? logger, bool keepPayloads, TimeProvider? time)
    {
        receiver = new OtlpReceiver(options, keepPayloads ? KeepAsync : export, logger, Count, time);

        void Count(Refusal refusal)
        {
            lock (refusals)
            {
                refusals.Add(refusal);
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

    public Uri Http => new($"http://{receiver.HttpAddress}");

    public Uri Grpc => new($"http://{receiver.GrpcAddress}");

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

    public static Task<TestReceiver> StartAsync(ExportOutcome outcome, ReceiverOptions? options = null) =>
        StartAsync((_, _) => Task.FromResult(outcome), options);

    public static async Task<TestReceiver> StartAsync(
        Func<Payload, CancellationToken, Task<ExportOutcome>>? export = null, ReceiverOptions? options = null, ILogger? logger = null,
        bool keepPayloads = true, TimeProvider? time = null)
    {
        var anyPort = new ReceiverEndpoint(new IPEndPoint(IPAddress.Loopback, 0));
        var test = new TestReceiver(
            (options ?? new ReceiverOptions()) with { Grpc = anyPort, Http = anyPort },
            export ?? ((_, _) => Task.FromResult(ExportOutcome.Success)),
            logger,
            keepPayloads,
            time);
        await test.receiver.StartAsync();
        return test;
    }

    public ValueTask DisposeAsync() => receiver.DisposeAsync();
}
