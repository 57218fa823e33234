using Confluent.Kafka;
using Redactor.Kafka;

namespace Redactor.Receive.Kafka;

/// <summary>Options -> a consumer of librdkafka's.</summary>
internal static class ConsumerSetup
{
    /// <summary>Signs of life that may fail before the group gives up on a member: 15 of 3 seconds, as Kafka's defaults have it.</summary>
    private const int HeartbeatsInSession = 15;

    /// <param name="options">What the configuration says.</param>
    /// <param name="onError">Told of errors that librdkafka goes on trying to get over.</param>
    /// <param name="assigned">Told of partitions that become ours, before their first record.</param>
    /// <param name="revoked">Told of partitions that go to another member; they go when it returns, and what it stored is committed.</param>
    /// <param name="lost">Told of partitions that another member has already.</param>
    public static IConsumer<byte[]?, byte[]?> Build(
        KafkaReceiverOptions options,
        Action<Error> onError,
        Action<IReadOnlyList<TopicPartition>> assigned,
        Action<IReadOnlyList<TopicPartition>> revoked,
        Action<IReadOnlyList<TopicPartition>> lost)
    {
        var limits = options.Limits;
        var config = KafkaClients.Configure(
            new ConsumerConfig
            {
                GroupId = options.GroupId,
                AutoOffsetReset = options.FromEarliest ? AutoOffsetReset.Earliest : AutoOffsetReset.Latest,
                // librdkafka commits, but only offsets that we stored: those of records that are done.
                EnableAutoCommit = true,
                EnableAutoOffsetStore = false,
                AutoCommitIntervalMs = (int)limits.CommitInterval.TotalMilliseconds,
                // Members keep their partitions through a rebalance, except those that move.
                PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky,
                SessionTimeoutMs = (int)limits.SessionTimeout.TotalMilliseconds,
                HeartbeatIntervalMs = (int)(limits.SessionTimeout / HeartbeatsInSession).TotalMilliseconds,
                QueuedMinMessages = limits.PrefetchRecords,
                QueuedMaxMessagesKbytes = limits.MaxPrefetchKib,
            },
            options.Connection);
        return new ConsumerBuilder<byte[]?, byte[]?>(config)
            .SetErrorHandler((_, error) => onError(error))
            .SetLogHandler((_, _) => { })
            .SetPartitionsAssignedHandler((_, partitions) => assigned(partitions))
            .SetPartitionsRevokedHandler((_, partitions) => revoked([.. partitions.Select(p => p.TopicPartition)]))
            .SetPartitionsLostHandler((_, partitions) => lost([.. partitions.Select(p => p.TopicPartition)]))
            .Build();
    }
}
