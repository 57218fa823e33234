using System.Collections.Concurrent;
using Google.Protobuf;

namespace Redactor.Tests.Interop;

/// <summary>A request as a backend understood it.</summary>
internal sealed record Arrival(Signal Signal, bool OverGrpc, IMessage Message, byte[] Bytes);

/// <summary>A backend that keeps what arrives.</summary>
internal sealed class RecordingBackend : IAsyncDisposable
{
    private readonly ConcurrentQueue<Arrival> arrivals;

    private RecordingBackend(OtlpBackend server, ConcurrentQueue<Arrival> arrivals)
    {
        Server = server;
        this.arrivals = arrivals;
    }

    public OtlpBackend Server { get; }

    /// <summary>What has arrived since the start, or since the last <see cref="CollectAsync"/> began.</summary>
    public IReadOnlyCollection<Arrival> Arrivals => arrivals;

    public static async Task<RecordingBackend> StartAsync()
    {
        var arrivals = new ConcurrentQueue<Arrival>();
        return new RecordingBackend(await OtlpBackend.StartAsync(request => arrivals.Enqueue(Understand(request))), arrivals);
    }

    /// <summary>What arrives while <paramref name="send"/> runs, by signal.</summary>
    public async Task<Arrival[]> CollectAsync(Func<Task> send)
    {
        arrivals.Clear();
        await send();
        return [.. arrivals.OrderBy(a => a.Signal)];
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static Arrival Understand(BackendRequest request) => new(
        request.Signal,
        request.Path.StartsWith("/opentelemetry.", StringComparison.Ordinal),
        OtlpText.Decode(request.Signal, request.Encoding, request.Message.Span),
        request.Message.ToArray());
}
