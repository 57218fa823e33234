using Confluent.Kafka;

namespace Redactor.Kafka;

/// <summary>How records are produced.</summary>
public sealed record KafkaProducerOptions
{
    /// <summary>How batches are compressed. None by default, as in the collector.</summary>
    public CompressionType Compression { get; init; } = CompressionType.None;

    /// <summary>Greatest size of a record in bytes before compression. 1,000,000, the collector's default; the brokers' limit on a batch is separate.</summary>
    public int MaxMessageBytes { get; init; } = 1_000_000;

    /// <summary>How long delivery may take, with librdkafka's own attempts, before it counts as failed.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>
/// Produces records: idempotent and acknowledged by all replicas in sync, so that what counts as delivered is, once and in order. A fatal
/// error ends librdkafka's producer; the next record gets a new one. Thread-safe.
/// </summary>
public sealed class KafkaProducer : IDisposable
{
    /// <summary>Greatest size of what waits to be sent, in KiB: 64 MiB, a quarter of what receivers may hold. Beyond it records are turned away.</summary>
    private const int MaxQueuedKib = 64 * 1024;

    /// <summary>How long the end waits for what is under way.</summary>
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(5);

    private readonly ProducerConfig config;
    private readonly TimeSpan lastReports;
    private readonly Lock replacing = new();
    private volatile IProducer<byte[]?, byte[]?> producer;
    private volatile IProducer<byte[]?, byte[]?>? broken;

    /// <exception cref="KafkaSetupException">librdkafka refuses the settings.</exception>
    public KafkaProducer(KafkaConnection connection, KafkaProducerOptions options)
    {
        lastReports = options.Timeout + FlushTimeout;
        config = KafkaClients.Configure(
            new ProducerConfig
            {
                EnableIdempotence = true,
                Acks = Acks.All,
                CompressionType = options.Compression,
                MessageMaxBytes = options.MaxMessageBytes,
                MessageTimeoutMs = (int)options.Timeout.TotalMilliseconds,
                QueueBufferingMaxKbytes = MaxQueuedKib,
                // The one that Java clients have: a key stays in the partition that they put it into.
                Partitioner = Partitioner.Murmur2Random,
                DeliveryReportFields = "none",
            },
            connection);
        producer = Build();
    }

    /// <summary>Produces one record. Its bytes are copied before the method returns.</summary>
    /// <returns><see cref="ErrorCode.NoError"/> once all replicas in sync have it; else why it counts as not delivered.</returns>
    public Task<ErrorCode> SendAsync(string topic, Message<byte[]?, byte[]?> record)
    {
        var delivered = new TaskCompletionSource<ErrorCode>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            Usable().Produce(topic, record, report => delivered.SetResult(report.Error.Code));
        }
        catch (ProduceException<byte[]?, byte[]?> e)
        {
            // Its message holds the error alone, but its result the record.
            return Task.FromResult(e.Error.Code);
        }

        return delivered.Task;
    }

    public void Dispose() => End(producer, FlushTimeout);

    private static void End(IProducer<byte[]?, byte[]?> ended, TimeSpan patience)
    {
        ended.Flush(patience);
        ended.Dispose();
    }

    private IProducer<byte[]?, byte[]?> Usable()
    {
        if (broken is null)
        {
            return producer;
        }

        lock (replacing)
        {
            if (Interlocked.Exchange(ref broken, null) is { } old && old == producer)
            {
                producer = Build();
                // Waits for its last reports, since somebody waits for each of them; that must not hold up who sends.
                Task.Run(() => End(old, lastReports));
            }

            return producer;
        }
    }

    private IProducer<byte[]?, byte[]?> Build() => KafkaClients.Build(() => new ProducerBuilder<byte[]?, byte[]?>(config)
        .SetErrorHandler((from, error) => broken = error.IsFatal ? from : broken)
        .SetLogHandler((_, _) => { })
        .Build());
}
