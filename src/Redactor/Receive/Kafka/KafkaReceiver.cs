using Redactor.Kafka;

namespace Redactor.Receive.Kafka;

/// <summary>
/// Consumes telemetry from a Kafka cluster, a consumer for each signal, and commits the offsets of what was delivered. Several instances
/// of one group share the partitions.
/// </summary>
public sealed class KafkaReceiver : IAsyncDisposable
{
    private readonly KafkaReceiverOptions options;
    private readonly Backlog total = new(null);
    private readonly IDeadLetterStore deadLetters;
    private readonly List<TopicConsumer> consumers = [];
    private LagMeter? lag;
    private Task? stopped;

    /// <summary>Prepares a receiver; nothing is consumed before <see cref="Start"/>. <see cref="KafkaLibrary.Prepare"/> must have said that all is well.</summary>
    /// <exception cref="KafkaSetupException">librdkafka refuses the settings.</exception>
    public KafkaReceiver(KafkaReceiverOptions options, KafkaFlow flow, ILogger logger)
    {
        this.options = options;
        var log = new KafkaReceiverLog(options.Name, logger);
        deadLetters = options.DeadLetters is { File: { } file }
            ? new DeadLetterFile(file, options.Limits.MaxDeadLetterFile)
            : new DeadLetterTopic(options.Connection, options.DeadLetters.Topic!);
        var handler = new RecordHandler(flow, deadLetters, options.Limits, log);
        foreach (var signal in options.Sources.Keys)
        {
            consumers.Add(new TopicConsumer(options, signal, flow, handler, total, log));
        }
    }

    /// <summary>Where it consumes from, for people: no credentials.</summary>
    public string Source =>
        $"{string.Join(", ", options.Sources.Values.SelectMany(s => s.Topics).Distinct())} on {string.Join(",", options.Connection.Brokers)}, group {options.GroupId}";

    /// <summary>Bytes of records that are consumed and not done.</summary>
    public long BytesInFlight => total.Bytes;

    /// <summary>How far each partition is that this instance has.</summary>
    public IReadOnlyList<KafkaPartitionState> Partitions =>
        [.. from consumer in consumers
            from pair in consumer.Flows
            select new KafkaPartitionState(pair.Key.Topic, pair.Key.Partition.Value, lag?.Of(pair.Key, pair.Value), consumer.IsPaused(pair.Key))];

    /// <summary>Joins the group and consumes.</summary>
    public void Start()
    {
        consumers.ForEach(consumer => consumer.Start());
        lag = new LagMeter(consumers, options.Limits.LagInterval);
    }

    /// <summary>Finishes what is under way, at most <see cref="KafkaReceiveLimits.StopDrain"/>, commits it and leaves the group.</summary>
    public Task StopAsync() => stopped ??= lag is null ? Task.CompletedTask : Task.WhenAll(consumers.Select(consumer => consumer.StopAsync()));

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (lag is not null)
        {
            await lag.DisposeAsync();
        }

        consumers.ForEach(consumer => consumer.Dispose());
        deadLetters.Dispose();
    }
}
