using System.Globalization;

namespace Redactor.Tests.Faults;

/// <summary>How a run ended.</summary>
internal sealed record FaultReport
{
    public const string Header =
        "| seed | mode | acknowledged | refused | repeated requests | rebalances | duplicates | dead letters | lost | leaks | what happened |\n|---|---|---|---|---|---|---|---|---|---|---|";

    public required int Seed { get; init; }

    public required FaultMode Mode { get; init; }

    public required string Events { get; init; }

    /// <summary>Records that the sender was told are delivered or kept, or whose offsets were committed.</summary>
    public required int Acknowledged { get; init; }

    /// <summary>Records in batches that the sender was told are refused for good, in whole or in part.</summary>
    public required int Refused { get; init; }

    /// <summary>Requests that the sender had to repeat.</summary>
    public required int Retries { get; init; }

    /// <summary>Changes of the partitions that are an instance's, as the instances counted them.</summary>
    public required long Rebalances { get; init; }

    /// <summary>Arrivals beyond the first, at both backends.</summary>
    public required int Duplicates { get; init; }

    /// <summary>Records in dead letters, of both backends.</summary>
    public required int DeadLetters { get; init; }

    /// <summary>Acknowledged records that a backend neither got nor has as a dead letter. Must be none.</summary>
    public required int Lost { get; init; }

    /// <summary>Places where the secret was seen behind the redactor. Must be none.</summary>
    public required IReadOnlyList<string> Leaks { get; init; }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Seed} | {Mode} | {Acknowledged} | {Refused} | {Retries} | {Rebalances} | {Duplicates} | {DeadLetters} | {Lost} | {Leaks.Count} | {Events} |");
}

/// <summary>What a run is about.</summary>
/// <param name="FromKafka">Whether records come from Kafka, to two instances of one group; otherwise over HTTP to one.</param>
/// <param name="WithQueue">Whether there is a disk queue.</param>
internal readonly record struct FaultMode(bool FromKafka, bool WithQueue)
{
    public override string ToString() => $"{(FromKafka ? "Kafka" : "OTLP")}, {(WithQueue ? "queue" : "no queue")}";
}
