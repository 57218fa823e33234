using System.Diagnostics.Metrics;

namespace Redactor.Telemetry;

/// <summary>What the program counts about consuming from Kafka, by receiver and, where it is about partitions, by topic and partition.</summary>
public sealed class KafkaMetrics : IDisposable
{
    private readonly Meter meter = new(RedactorMetrics.MeterName);
    private readonly Counter<long> retries;
    private readonly Counter<long> deadLetters;
    private readonly Counter<long> rebalances;

    public KafkaMetrics()
    {
        retries = meter.CreateCounter<long>("redactor.kafka.retries", "{retry}", "Records that were offered to the backends again.");
        deadLetters = meter.CreateCounter<long>("redactor.kafka.dead_letters", "{record}", "Records that can never be delivered, by reason; they are in the dead letters.");
        rebalances = meter.CreateCounter<long>("redactor.kafka.rebalances", "{rebalance}", "Changes of the partitions that are this instance's.");
    }

    /// <summary>Counts a record that is offered to the backends again.</summary>
    public void Retry(string receiver) => retries.Add(1, new KeyValuePair<string, object?>("receiver", receiver));

    /// <summary>Counts a record that became a dead letter.</summary>
    public void DeadLetter(string receiver, Refusal reason) =>
        deadLetters.Add(1, new("receiver", receiver), new("reason", RedactorMetrics.Label(reason)));

    /// <summary>Counts a change of the partitions.</summary>
    public void Rebalance(string receiver) => rebalances.Add(1, new KeyValuePair<string, object?>("receiver", receiver));

    /// <summary>Reports, whenever somebody asks, what is left to do in each partition, and which of them wait for the backends.</summary>
    public void ObservePartitions(Func<IEnumerable<Measurement<long>>> lag, Func<IEnumerable<Measurement<long>>> paused)
    {
        meter.CreateObservableGauge("redactor.kafka.lag", lag, "{record}", "Records of a partition that are not delivered yet.");
        meter.CreateObservableGauge("redactor.kafka.paused", paused, "{partition}", "1 while a partition waits for the backends.");
    }

    /// <summary>Reports the bytes of consumed records that are not done whenever somebody asks.</summary>
    public void ObserveBytesInFlight(Func<long> read) =>
        meter.CreateObservableGauge("redactor.kafka.in_flight", read, "By", "Records that were consumed and are not delivered yet.");

    /// <summary>A value of one partition.</summary>
    public static Measurement<long> OfPartition(string receiver, string topic, int partition, long value) =>
        new(value, new("receiver", receiver), new("topic", topic), new("partition", partition));

    public void Dispose() => meter.Dispose();
}
