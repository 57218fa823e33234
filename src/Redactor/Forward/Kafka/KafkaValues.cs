using System.Runtime.InteropServices;
using Redactor.Otlp;

namespace Redactor.Forward.Kafka;

/// <summary>A payload -> the values of the records that carry it.</summary>
internal static class KafkaValues
{
    /// <summary>One value for a whole request, or one for each log where the encoding is a log's; false if the payload is not of its encoding.</summary>
    public static bool TryEncode(RedactedPayload payload, PayloadEncoding encoding, out IReadOnlyList<byte[]?> values)
    {
        values = [];
        if (payload.Envelope is { IsTombstone: true })
        {
            values = [null];
            return true;
        }

        if (payload.Encoding == encoding || (IsLog(payload.Encoding) && encoding is PayloadEncoding.Text or PayloadEncoding.Raw))
        {
            values = [ToArray(payload.Bytes)];
            return true;
        }

        return encoding switch
        {
            PayloadEncoding.Protobuf => One(OtlpForm.TryToProtobuf(payload, out var protobuf), protobuf, out values),
            PayloadEncoding.Json => One(OtlpForm.TryToJson(payload, out var json), json, out values),
            _ => Bodies(payload, encoding == PayloadEncoding.AnyJson ? LogBodies.ToJson : LogBodies.ToBytes, out values),
        };
    }

    private static bool IsLog(PayloadEncoding encoding) => encoding is PayloadEncoding.AnyJson or PayloadEncoding.Text or PayloadEncoding.Raw;

    private static bool One(bool done, ReadOnlyMemory<byte> message, out IReadOnlyList<byte[]?> values)
    {
        values = done ? [ToArray(message)] : [];
        return done;
    }

    private static bool Bodies(RedactedPayload payload, Func<AnyValue, byte[]> encode, out IReadOnlyList<byte[]?> values)
    {
        values = [];
        if (!OtlpForm.TryToProtobuf(payload, out var request) || !LogBodies.TryRead(request.Span, out var bodies))
        {
            return false;
        }

        values = [.. bodies.Select(encode)];
        return true;
    }

    /// <summary>The array behind the bytes where they are all of it: as consumers hand them in.</summary>
    internal static byte[] ToArray(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Array is { } array && array.Length == bytes.Length ? array : bytes.ToArray();
}
