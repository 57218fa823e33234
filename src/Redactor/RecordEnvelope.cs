namespace Redactor;

/// <summary>What a Kafka record has beside its value: kept, redacted, on the way to another topic; no part of the telemetry for other backends.</summary>
/// <param name="Key">Decides the partition, and what compaction keeps; null where the record has none.</param>
/// <param name="Headers">In their order; a name may occur more than once.</param>
/// <param name="Timestamp">Milliseconds since 1970 as the record's producer or its broker set them; null if neither did.</param>
/// <param name="IsTombstone">Whether the record's value is null: in compacted topics that deletes the key. The payload is then an empty OTLP message.</param>
public sealed record RecordEnvelope(ReadOnlyMemory<byte>? Key, IReadOnlyList<RecordHeader> Headers, long? Timestamp, bool IsTombstone);

/// <summary>One header of a Kafka record.</summary>
/// <param name="Name">Any text.</param>
/// <param name="Value">Any bytes; null is not the same as none.</param>
public readonly record struct RecordHeader(string Name, ReadOnlyMemory<byte>? Value);
