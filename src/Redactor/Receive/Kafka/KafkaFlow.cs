namespace Redactor.Receive.Kafka;

/// <summary>What the Kafka receiver hands records to, and whom it tells.</summary>
/// <param name="Export">Gets every record. The token is cancelled when the record's partition is gone or the program stops.</param>
/// <param name="OnRetry">Told before a record is offered again.</param>
/// <param name="OnDeadLetter">Told why a record became a dead letter.</param>
/// <param name="OnRebalance">Told of every change of the partitions that are ours.</param>
public sealed record KafkaFlow(
    Func<Payload, CancellationToken, Task<ExportOutcome>> Export,
    Action OnRetry,
    Action<Refusal> OnDeadLetter,
    Action OnRebalance);

/// <summary>How far one partition is.</summary>
/// <param name="Topic">Its topic.</param>
/// <param name="Partition">Its number.</param>
/// <param name="Lag">Records in it that are not done yet; null while that is unknown.</param>
/// <param name="Paused">Whether it waits for the backends.</param>
public readonly record struct KafkaPartitionState(string Topic, int Partition, long? Lag, bool Paused);
