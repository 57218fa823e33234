namespace Redactor;

/// <summary>
/// One OTLP request on its way: the uncompressed message bytes and where they came from. Between Receive and Redact the bytes are
/// the sender's; behind Redact they are clean, and the type says so: only <see cref="RedactedPayload"/> can be forwarded.
/// </summary>
/// <param name="Signal">Which request type the bytes are.</param>
/// <param name="Encoding">How the bytes are to be read.</param>
/// <param name="Bytes">The message, uncompressed. Owned by the receiver, valid until the request is answered.</param>
/// <param name="Origin">What is known of the sender.</param>
public sealed record Payload(Signal Signal, PayloadEncoding Encoding, ReadOnlyMemory<byte> Bytes, Origin Origin)
{
    /// <summary>The rest of the Kafka record whose value the bytes are; null for a request.</summary>
    public RecordEnvelope? Envelope { get; init; }
}

/// <summary>What is known of a payload's sender, in memory only: never logged, never stored.</summary>
/// <param name="Headers">The request headers that configuration lets pass on to the backend (names in lower case).</param>
public sealed record Origin(IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    /// <summary>Nothing is known of the sender: a record of Kafka, or what was read back from the queue.</summary>
    public static Origin None { get; } = new([]);
}

/// <summary>
/// A payload that has been scanned whole and holds no finding any more. Made by Redact alone; what Forward divides or reads back from its
/// disk was one before.
/// </summary>
public sealed class RedactedPayload
{
    internal RedactedPayload(Payload source, ReadOnlyMemory<byte> bytes, RecordEnvelope? envelope = null)
    {
        Source = source;
        Bytes = bytes;
        Envelope = envelope;
    }

    /// <summary>What was redacted before: read back from the queue, or a part of another.</summary>
    internal static RedactedPayload Restore(Signal signal, PayloadEncoding encoding, ReadOnlyMemory<byte> bytes, Origin origin, RecordEnvelope? envelope = null) =>
        new(new Payload(signal, encoding, bytes, origin), bytes, envelope);

    /// <summary>What was redacted; its bytes may still be those of the sender.</summary>
    public Payload Source { get; }

    /// <summary>Which request type the bytes are.</summary>
    public Signal Signal => Source.Signal;

    /// <summary>How the bytes are to be read.</summary>
    public PayloadEncoding Encoding => Source.Encoding;

    /// <summary>The clean message. The very same memory as the sender's where nothing was found.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The clean envelope of a Kafka record; null where the payload came as a request.</summary>
    public RecordEnvelope? Envelope { get; }
}
