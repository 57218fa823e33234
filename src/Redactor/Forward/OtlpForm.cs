using Redactor.Otlp;

namespace Redactor.Forward;

/// <summary>Payloads of every encoding as OTLP messages, for backends that take nothing else.</summary>
internal static class OtlpForm
{
    private const ulong NanosecondsPerMillisecond = 1_000_000;

    /// <summary>The message in protobuf, the very same bytes where it is that already; false if the payload is no message of its signal.</summary>
    public static bool TryToProtobuf(RedactedPayload payload, out ReadOnlyMemory<byte> message)
    {
        message = payload.Bytes;
        var observed = (ulong)Math.Max(0, payload.Envelope?.Timestamp ?? 0) * NanosecondsPerMillisecond;
        switch (payload.Encoding)
        {
            case PayloadEncoding.Json:
                return OtlpJson.TryToProtobuf(RequestTypes.Of(payload.Signal), payload.Bytes.Span, out message);
            case PayloadEncoding.AnyJson:
                message = LogBodies.FromJson(payload.Bytes, observed);
                return true;
            case PayloadEncoding.Text:
                message = LogBodies.FromText(payload.Bytes.Span, observed);
                return true;
            case PayloadEncoding.Raw:
                message = LogBodies.FromBytes(payload.Bytes.Span, observed);
                return true;
            default:
                return true;
        }
    }

    /// <summary>The message in JSON, the very same bytes where it is that already; false if the payload is no message of its signal.</summary>
    public static bool TryToJson(RedactedPayload payload, out ReadOnlyMemory<byte> message)
    {
        message = payload.Bytes;
        return payload.Encoding == PayloadEncoding.Json
            || (TryToProtobuf(payload, out var protobuf) && OtlpJson.TryFromProtobuf(RequestTypes.Of(payload.Signal), protobuf.Span, out message));
    }
}
