namespace Redactor.Locate;

public static partial class OtlpFields
{
    private const string Log = "opentelemetry.proto.logs.v1.";

    private static readonly OtlpMessage LogsRequest = new("opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest");
    private static readonly OtlpMessage ResourceLogs = new(Log + "ResourceLogs");
    private static readonly OtlpMessage ScopeLogs = new(Log + "ScopeLogs");
    private static readonly OtlpMessage LogRecord = new(Log + "LogRecord", MessageShape.Record);

    private static void DefineLogs()
    {
        LogsRequest.Define(Child(1, "resourceLogs", ResourceLogs));
        ResourceLogs.Define(
            Child(1, "resource", Resource),
            Child(2, "scopeLogs", ScopeLogs),
            Text(3, "schemaUrl", "resource.schema_url"));
        ScopeLogs.Define(
            Child(1, "scope", Scope),
            Child(2, "logRecords", LogRecord),
            Text(3, "schemaUrl", "scope.schema_url"));
        LogRecord.Define(
            Fixed64(1, "timeUnixNano"),
            Varint(2, "severityNumber"),
            Text(3, "severityText", "log.severity_text"),
            Child(5, "body", AnyValue, "log.body"),
            Child(6, "attributes", KeyValue, "log.attribute"),
            Varint(7, "droppedAttributesCount"),
            Fixed32(8, "flags"),
            TraceId(9),
            SpanId(10),
            Fixed64(11, "observedTimeUnixNano"),
            Text(12, "eventName", "log.event_name"));
    }
}
