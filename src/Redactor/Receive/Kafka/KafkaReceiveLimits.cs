namespace Redactor.Receive.Kafka;

/// <summary>Every limit on consuming from Kafka: what it bounds, its unit and why it has that value.</summary>
public sealed record KafkaReceiveLimits
{
    private const int MiB = 1024 * 1024;

    /// <summary>Records of one partition that may be on their way to the backends at once. 64: at 5 ms an acknowledgement some 12,000 records a second.</summary>
    public int MaxInFlight { get; init; } = 64;

    /// <summary>Records of one partition that may wait or be on their way; beyond it the partition is paused until a quarter is left. 1024, some 64 MiB of usual 64 KiB batches.</summary>
    public int MaxPendingRecords { get; init; } = 1024;

    /// <summary>Bytes of all partitions that may wait or be on their way; beyond it a partition that brings more is paused until half is left. 64 MiB, plus one record a partition.</summary>
    public long MaxPendingBytes { get; init; } = 64 * MiB;

    /// <summary>What librdkafka fetches ahead for one consumer, in KiB. 16 MiB: a second of 128 Mbit/s; pausing throws a partition's part of it away.</summary>
    public int MaxPrefetchKib { get; init; } = 16 * 1024;

    /// <summary>How many records librdkafka fetches ahead of each partition. 1000, as many as may be pending.</summary>
    public int PrefetchRecords { get; init; } = 1000;

    /// <summary>How long one poll waits for a record, and so how soon a paused partition goes on. 50 ms.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How often acknowledged offsets are committed. 1 s: what a killed process has consumed since comes again.</summary>
    public TimeSpan CommitInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the group waits for a sign of life before it gives a member's partitions to others. 45 s, Kafka's default.</summary>
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>The first wait before a record is offered again; each further one is twice as long, varied by chance by up to half. 500 ms.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest such wait, unless a backend asks for more. 30 s, as the collector's.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a partition that goes to another member waits for its records under way; what is not done by then the other member does again.
    /// 10 s: twice a usual time-out, a small part of the 5 minutes after which the group gives up on a member.
    /// </summary>
    public TimeSpan RevokeDrain { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The same for all partitions when the program stops. 20 s: Kubernetes kills after 30.</summary>
    public TimeSpan StopDrain { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How often a partition's end is asked for, to know the lag. 10 s.</summary>
    public TimeSpan LagInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Greatest size of a dead-letter file in bytes; a full one is written no more, and consuming waits. 256 MiB.</summary>
    public long MaxDeadLetterFile { get; init; } = 256L * MiB;
}
