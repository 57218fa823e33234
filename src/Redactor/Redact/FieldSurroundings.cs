using Redactor.Locate;

namespace Redactor.Redact;

/// <summary>The messages around the located fields of a payload, and what they say of where a field is.</summary>
internal readonly ref struct FieldSurroundings(ReadOnlySpan<byte> payload, PayloadEncoding encoding, ReadOnlySpan<LocatedField> fields, Signal? signal)
{
    public ReadOnlySpan<byte> Payload { get; } = payload;

    public PayloadEncoding Encoding { get; } = encoding;

    public ReadOnlySpan<LocatedField> Fields { get; } = fields;

    /// <summary>The message that holds a resource and all its telemetry: the outermost in protobuf, the one below the document in JSON; -1 outside OTLP.</summary>
    public int ResourceOf(int index)
    {
        int inner = -1, outer = index;
        for (int parent = Fields[index].Parent; parent >= 0; parent = Fields[parent].Parent)
        {
            (inner, outer) = (outer, parent);
        }

        return signal is null || outer == index ? -1 : Encoding == PayloadEncoding.Protobuf ? outer : inner == index ? -1 : inner;
    }

    /// <summary>The nearest message of a shape around a field; -1 if there is none.</summary>
    public int Nearest(int index, MessageShape shape)
    {
        int parent = Fields[index].Parent;
        while (parent >= 0 && Fields[parent].Shape != shape)
        {
            parent = Fields[parent].Parent;
        }

        return parent;
    }

    /// <summary>The event of a span that a field is in, or its log record.</summary>
    public ReadOnlySpan<byte> EventOf(int index)
    {
        int record = Nearest(index, MessageShape.Record);
        for (int inner = index; signal == Signal.Traces && inner >= 0; inner = Fields[inner].Parent)
        {
            if (Fields[inner].Parent == record)
            {
                return ContentOf(inner);
            }
        }

        return record >= 0 ? ContentOf(record) : default;
    }

    /// <summary>Where a field is, for the audit.</summary>
    public AuditOrigin OriginOf(int index)
    {
        int resource = ResourceOf(index), record = Nearest(index, MessageShape.Record);
        (string? service, string? environment) = resource >= 0 ? PlaceNames.ResourceOf(ContentOf(resource), Encoding) : (null, null);
        (string? trace, string? span) = record >= 0 ? PlaceNames.TraceOf(ContentOf(record), Encoding, signal) : (null, null);
        return new AuditOrigin(service, environment, trace, span);
    }

    private ReadOnlySpan<byte> ContentOf(int message) => Payload[Fields[message].Start..Fields[message].End];
}
