using Redactor.Kafka;

namespace Redactor.Forward.Kafka;

/// <summary>A Kafka cluster that takes telemetry, each signal in a topic.</summary>
public sealed record KafkaExporterOptions : BackendOptions
{
    /// <summary>How to reach the cluster.</summary>
    public required KafkaConnection Connection { get; init; }

    /// <summary>Where each signal goes; those that are missing are not taken.</summary>
    public required IReadOnlyDictionary<Signal, KafkaTarget> Targets { get; init; }

    /// <summary>How records are produced.</summary>
    public KafkaProducerOptions Producer { get; init; } = new();
}

/// <summary>Where one signal goes.</summary>
/// <param name="Topic">The topic's name.</param>
/// <param name="Encoding">What a record's value is: a whole request, or for logs the body of one log record.</param>
public sealed record KafkaTarget(string Topic, PayloadEncoding Encoding);
