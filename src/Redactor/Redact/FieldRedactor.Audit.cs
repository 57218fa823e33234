using Redactor.Locate;

namespace Redactor.Redact;

/// <summary>Where a field is, for the audit of what was found in it.</summary>
internal readonly ref partial struct FieldRedactor
{
    /// <summary>The resource and the record around a field. Neighbours share them, so the last ones are kept.</summary>
    private AuditOrigin OriginOf(int index)
    {
        ref (int Resource, int Record, AuditOrigin Origin) last = ref scratch.LastOrigin;
        int resource = Around.ResourceOf(index), record = Around.Nearest(index, MessageShape.Record);
        if (resource != last.Resource && resource >= 0)
        {
            (string? service, string? environment) = PlaceNames.ResourceOf(payload[fields[resource].Start..fields[resource].End], encoding);
            last = (resource, -1, new AuditOrigin(service, environment, null, null));
        }

        if (record != last.Record)
        {
            (string? trace, string? span) = record >= 0 ? PlaceNames.TraceOf(payload[fields[record].Start..fields[record].End], encoding, scratch.Signal) : (null, null);
            last = (last.Resource, record, last.Origin with { TraceId = trace, SpanId = span });
        }

        return last.Origin;
    }
}
