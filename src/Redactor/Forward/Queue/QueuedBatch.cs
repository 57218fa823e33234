using System.Buffers;
using System.Text.Json;

namespace Redactor.Forward.Queue;

/// <summary>A batch read back from the disk, in pooled memory.</summary>
internal sealed class QueuedBatch : IDisposable
{
    private readonly byte[] buffer;

    /// <param name="row">What was written.</param>
    /// <param name="buffer">Rented; holds the payload first.</param>
    /// <param name="size">The payload's length in bytes.</param>
    public QueuedBatch(in QueuedRow row, byte[] buffer, int size)
    {
        this.buffer = buffer;
        Number = row.Number;
        Id = row.Id;
        Received = row.Received;
        IsIntact = Crc32C.Of(row.Signal, row.Encoding, buffer.AsSpan(0, size), row.Envelope) == row.Checksum;
        var envelope = IsIntact && row.Envelope is not null ? JsonSerializer.Deserialize<RecordEnvelope>(row.Envelope) : null;
        Payload = RedactedPayload.Restore(row.Signal, row.Encoding, buffer.AsMemory(0, size), Origin.None, envelope);
    }

    /// <summary>The delivery's number: its place in the lane.</summary>
    public long Number { get; }

    /// <summary>The batch's row.</summary>
    public long Id { get; }

    /// <summary>When the sender sent it.</summary>
    public DateTimeOffset Received { get; }

    /// <summary>Whether the bytes are those that were written.</summary>
    public bool IsIntact { get; }

    /// <summary>The payload; the sender's headers are not kept.</summary>
    public RedactedPayload Payload { get; }

    /// <summary>The form in which the rest of a Kafka record is kept; null for a request.</summary>
    public static byte[]? Write(RecordEnvelope? envelope) => envelope is null ? null : JsonSerializer.SerializeToUtf8Bytes(envelope);

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);
}

/// <summary>A delivery and its batch as they stand in the file, without the payload.</summary>
internal readonly record struct QueuedRow(long Number, long Id, Signal Signal, PayloadEncoding Encoding, DateTimeOffset Received, uint Checksum, byte[]? Envelope);
