using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text.Json;
using Redactor.Locate;

namespace Redactor.Redact.Chunks;

/// <summary>What records and events say of the streamed texts in them: whose they are, and when they were written. Whether there may be any, too, of JSON.</summary>
internal static class ChunkStreams
{
    // Of a span: trace id (1), span id (2); of a log record: trace id (9), span id (10); of an event and of a log record: time (1).
    private const int SpanTraceId = 1, SpanSpanId = 2, TraceId = 9, SpanId = 10, Time = 1;

    /// <summary>Whether to look for chunks in a request in JSON, which is read again as a whole then: only what names events or spans. Of protobuf <see cref="StreamSigns"/> tells.</summary>
    public static bool MayBeIn(ReadOnlySpan<byte> payload, Signal? signal) => signal switch
    {
        Signal.Traces => payload.IndexOf("\"events\""u8) >= 0,
        Signal.Logs => payload.IndexOf("\"spanId\""u8) >= 0,
        _ => false,
    };

    /// <summary>The trace and span of a span or log record, as they are written; empty if it has none.</summary>
    public static string SpanOf(ReadOnlySpan<byte> record, PayloadEncoding encoding, Signal signal)
    {
        if (encoding == PayloadEncoding.Protobuf)
        {
            (int traceId, int spanId) = signal == Signal.Traces ? (SpanTraceId, SpanSpanId) : (TraceId, SpanId);
            ReadOnlySpan<byte> span = Id(record, 0, record.Length, spanId);
            return span.IsEmpty ? "" : Convert.ToHexString(Id(record, 0, record.Length, traceId)) + Convert.ToHexString(span);
        }

        var reader = new Utf8JsonReader(record, new JsonReaderOptions { MaxDepth = LocateLimits.MaxNesting + 1 });
        using JsonDocument document = JsonDocument.ParseValue(ref reader);

        // With its quotes, and as bytes: it need not be valid UTF-8.
        string Text(string name) => document.RootElement.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? Convert.ToHexString(JsonMarshal.GetRawUtf8Value(value)) : "";
        return Text("spanId").Length <= 4 ? "" : Text("traceId") + Text("spanId");
    }

    /// <summary>When the event or log record was written, nanoseconds since 1970; 0: it does not say.</summary>
    public static ulong TimeOf(ReadOnlySpan<byte> record, PayloadEncoding encoding)
    {
        if (encoding == PayloadEncoding.Json)
        {
            return PlaceNames.TryReadText(record, encoding, Time, "timeUnixNano", out ReadOnlySpan<byte> digits) && Utf8Parser.TryParse(digits, out ulong time, out _) ? time : 0;
        }

        var reader = new ProtobufReader(record, 0, record.Length);
        while (!reader.AtEnd && reader.TryRead(out WireField field))
        {
            if (field.Number == Time && field.Type == WireType.Fixed64)
            {
                return field.Value;
            }
        }

        return 0;
    }

    private static ReadOnlySpan<byte> Id(ReadOnlySpan<byte> payload, int start, int end, int number)
    {
        var reader = new ProtobufReader(payload, start, end);
        while (!reader.AtEnd && reader.TryRead(out WireField field))
        {
            if (field.Number == number && field.Type == WireType.Length)
            {
                return payload[field.Start..field.End];
            }
        }

        return default;
    }
}
