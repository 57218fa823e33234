using Confluent.Kafka;

namespace Redactor.Receive.Kafka;

/// <summary>A record as it was consumed, with what is needed to say where it is.</summary>
/// <param name="Topic">Its topic.</param>
/// <param name="Partition">Its partition's number.</param>
/// <param name="Offset">Its place in the partition.</param>
/// <param name="Payload">Its value, and in the envelope all else.</param>
internal sealed record ConsumedRecord(string Topic, int Partition, long Offset, Payload Payload)
{
    /// <summary>Bytes that it holds in memory.</summary>
    public int Size { get; } = Payload.Bytes.Length + (Payload.Envelope?.Key?.Length ?? 0) + (Payload.Envelope?.Headers.Sum(h => h.Name.Length + (h.Value?.Length ?? 0)) ?? 0);

    public static ConsumedRecord From(ConsumeResult<byte[]?, byte[]?> result, Signal signal, PayloadEncoding encoding)
    {
        var message = result.Message;
        long? timestamp = message.Timestamp.Type == TimestampType.NotAvailable ? null : message.Timestamp.UnixTimestampMs;
        var headers = (message.Headers ?? []).Select(h => new RecordHeader(h.Key, Nullable(h.GetValueBytes()))).ToList();
        var envelope = new RecordEnvelope(Nullable(message.Key), headers, timestamp, IsTombstone: message.Value is null);

        // A null has no encoding; no bytes are an OTLP message without telemetry, which every backend takes.
        var payload = new Payload(signal, envelope.IsTombstone ? PayloadEncoding.Protobuf : encoding, message.Value ?? [], Origin.None) { Envelope = envelope };
        return new ConsumedRecord(result.Topic, result.Partition.Value, result.Offset.Value, payload);
    }

    /// <summary>Null stays null: the conversion of the language makes a null array an empty memory.</summary>
    private static ReadOnlyMemory<byte>? Nullable(byte[]? bytes) => bytes is null ? default(ReadOnlyMemory<byte>?) : new ReadOnlyMemory<byte>(bytes);
}
