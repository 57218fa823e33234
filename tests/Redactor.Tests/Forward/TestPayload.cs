using System.Text;
using Google.Protobuf;
using Redactor.Otlp;

namespace Redactor.Tests.Forward;

/// <summary>Payloads as Redact would hand them on.</summary>
internal static class TestPayload
{
    public static RedactedPayload Of(byte[] bytes, Signal signal = Signal.Traces, PayloadEncoding encoding = PayloadEncoding.Protobuf, Origin? origin = null) =>
        new(new Payload(signal, encoding, bytes, origin ?? Origin.None), bytes);

    public static RedactedPayload Json(string json, Signal signal = Signal.Traces) => Of(Encoding.UTF8.GetBytes(json), signal, PayloadEncoding.Json);

    /// <summary>A trace request with one span.</summary>
    public static ExportTraceServiceRequest Request(string spanName)
    {
        var span = new Span
        {
            TraceId = ByteString.CopyFrom(Enumerable.Range(1, 16).Select(i => (byte)i).ToArray()),
            SpanId = ByteString.CopyFrom(0xAB, 0xCD, 3, 4, 5, 6, 7, 8),
            Name = spanName,
            Kind = Span.Types.SpanKind.Client,
            StartTimeUnixNano = 1_700_000_000_000_000_001,
        };
        span.Attributes.Add(new KeyValue { Key = "n", Value = new AnyValue { IntValue = 42 } });
        return new ExportTraceServiceRequest { ResourceSpans = { new ResourceSpans { ScopeSpans = { new ScopeSpans { Spans = { span } } } } } };
    }
}
