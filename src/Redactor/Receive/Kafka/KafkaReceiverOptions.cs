using Redactor.Kafka;

namespace Redactor.Receive.Kafka;

/// <summary>What is consumed from one Kafka cluster, and how. Names are those of the collector's Kafka receiver.</summary>
public sealed record KafkaReceiverOptions
{
    /// <summary>The name in the configuration: <c>kafka</c>, or <c>kafka/second</c>.</summary>
    public required string Name { get; init; }

    /// <summary>How to reach the cluster.</summary>
    public required KafkaConnection Connection { get; init; }

    /// <summary>The consumer group: its members share the partitions, and its committed offsets say what is done.</summary>
    public string GroupId { get; init; } = "redactor";

    /// <summary>
    /// Whether a partition without a committed offset is read from its start. The collector's default is its end; here it is the start, since
    /// otherwise a new partition's first records, and everything behind an offset that retention has overtaken, would be lost without a word.
    /// </summary>
    public bool FromEarliest { get; init; } = true;

    /// <summary>Where each signal is.</summary>
    public required IReadOnlyDictionary<Signal, KafkaSource> Sources { get; init; }

    /// <summary>Where records go that can never be delivered.</summary>
    public DeadLetterTarget DeadLetters { get; init; } = new("redactor.dead-letters", null);

    /// <summary>How much is in hand, and for how long.</summary>
    public KafkaReceiveLimits Limits { get; init; } = new();
}

/// <summary>The topics of one signal.</summary>
/// <param name="Topics">Names; one that starts with <c>^</c> is a regular expression (POSIX extended) for names.</param>
/// <param name="Encoding">What the records' values are.</param>
public sealed record KafkaSource(IReadOnlyList<string> Topics, PayloadEncoding Encoding);

/// <summary>Where records go that can never be delivered: either a topic of the same cluster or a file.</summary>
public sealed record DeadLetterTarget(string? Topic, string? File);
