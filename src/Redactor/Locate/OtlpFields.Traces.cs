namespace Redactor.Locate;

public static partial class OtlpFields
{
    private const string Trace = "opentelemetry.proto.trace.v1.";

    private static readonly OtlpMessage TracesRequest = new("opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest");
    private static readonly OtlpMessage ResourceSpans = new(Trace + "ResourceSpans");
    private static readonly OtlpMessage ScopeSpans = new(Trace + "ScopeSpans");
    private static readonly OtlpMessage Span = new(Trace + "Span", MessageShape.Record);
    private static readonly OtlpMessage SpanEvent = new(Trace + "Span.Event");
    private static readonly OtlpMessage SpanLink = new(Trace + "Span.Link");
    private static readonly OtlpMessage SpanStatus = new(Trace + "Status");

    private static void DefineTraces()
    {
        TracesRequest.Define(Child(1, "resourceSpans", ResourceSpans));
        ResourceSpans.Define(
            Child(1, "resource", Resource),
            Child(2, "scopeSpans", ScopeSpans),
            Text(3, "schemaUrl", "resource.schema_url"));
        ScopeSpans.Define(
            Child(1, "scope", Scope),
            Child(2, "spans", Span),
            Text(3, "schemaUrl", "scope.schema_url"));
        Span.Define(
            TraceId(1),
            SpanId(2),
            Text(3, "traceState", "span.trace_state"),
            SpanId(4, "parentSpanId"),
            Text(5, "name", "span.name"),
            Varint(6, "kind"),
            Fixed64(7, "startTimeUnixNano"),
            Fixed64(8, "endTimeUnixNano"),
            Child(9, "attributes", KeyValue, "span.attribute"),
            Varint(10, "droppedAttributesCount"),
            Child(11, "events", SpanEvent),
            Varint(12, "droppedEventsCount"),
            Child(13, "links", SpanLink),
            Varint(14, "droppedLinksCount"),
            Child(15, "status", SpanStatus),
            Fixed32(16, "flags"));
        SpanEvent.Define(
            Fixed64(1, "timeUnixNano"),
            Text(2, "name", "span.event.name"),
            Child(3, "attributes", KeyValue, "span.event.attribute"),
            Varint(4, "droppedAttributesCount"));
        SpanLink.Define(
            TraceId(1),
            SpanId(2),
            Text(3, "traceState", "span.link.trace_state"),
            Child(4, "attributes", KeyValue, "span.link.attribute"),
            Varint(5, "droppedAttributesCount"),
            Fixed32(6, "flags"));
        SpanStatus.Define(
            Text(2, "message", "span.status"),
            Varint(3, "code"));
    }
}
