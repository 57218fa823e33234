using Redactor.Receive.Kafka;
using Redactor.Telemetry;

namespace Redactor.Cli;

/// <summary>All receivers of type <c>kafka</c>, with their metrics.</summary>
internal sealed class KafkaReceivers : IAsyncDisposable
{
    private readonly List<KafkaReceiver> receivers = [];
    private readonly KafkaMetrics metrics = new();

    /// <exception cref="Kafka.KafkaSetupException">librdkafka refuses the settings.</exception>
    public KafkaReceivers(IReadOnlyList<KafkaReceiverOptions> options, Func<Payload, CancellationToken, Task<ExportOutcome>> export, ILogger logger)
    {
        foreach (var one in options)
        {
            var flow = new KafkaFlow(export, () => metrics.Retry(one.Name), reason => metrics.DeadLetter(one.Name, reason), () => metrics.Rebalance(one.Name));
            receivers.Add(new KafkaReceiver(one, flow, logger));
        }

        if (receivers.Count > 0)
        {
            var partitions = () => receivers.Zip(options).SelectMany(r => r.First.Partitions.Select(p => (r.Second.Name, State: p)));
            metrics.ObservePartitions(
                () => partitions().Where(p => p.State.Lag is not null).Select(p => KafkaMetrics.OfPartition(p.Name, p.State.Topic, p.State.Partition, p.State.Lag!.Value)),
                () => partitions().Select(p => KafkaMetrics.OfPartition(p.Name, p.State.Topic, p.State.Partition, p.State.Paused ? 1 : 0)));
            metrics.ObserveBytesInFlight(() => receivers.Sum(r => r.BytesInFlight));
        }
    }

    /// <summary>What each consumes, for people.</summary>
    public IEnumerable<string> Sources => receivers.Select(r => r.Source);

    public void Start() => receivers.ForEach(receiver => receiver.Start());

    public Task StopAsync() => Task.WhenAll(receivers.Select(receiver => receiver.StopAsync()));

    public async ValueTask DisposeAsync()
    {
        foreach (var receiver in receivers)
        {
            await receiver.DisposeAsync();
        }

        metrics.Dispose();
    }
}
