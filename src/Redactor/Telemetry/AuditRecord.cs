using System.Collections;
using System.Globalization;

namespace Redactor.Telemetry;

/// <summary>A record of the audit, as loggers take them: a line, and its fields by name. What is not known is left out.</summary>
/// <param name="entry">What was found; of several the last.</param>
/// <param name="count">How often.</param>
/// <param name="first">When first.</param>
/// <param name="last">When last.</param>
internal sealed class AuditRecord(AuditEntry entry, long count, DateTimeOffset first, DateTimeOffset last) : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly KeyValuePair<string, object?>[] fields =
    [
        .. new KeyValuePair<string, object?>[]
        {
            new("rule", entry.Rule),
            new("fingerprint", entry.Fingerprint),
            new("service", entry.Service),
            new("environment", entry.Environment),
            new("place", entry.Place),
            new("trace_id", entry.TraceId),
            new("span_id", entry.SpanId),
            new("count", count),
            new("first_seen", Text(first)),
            new("last_seen", Text(last)),
            new("owner", entry.Known?.Owner),
            new("secret_environment", entry.Known?.Environment),
            new("issued", Text(entry.Known?.Issued)),
            new("rotate_by", Text(entry.Known?.RotateBy)),
            new("overdue", entry.Known?.IsOverdue(DateOnly.FromDateTime(last.UtcDateTime))),
        }.Where(field => field.Value is not null),
    ];

    public int Count => fields.Length;

    public KeyValuePair<string, object?> this[int index] => fields[index];

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => fields.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"Secret in telemetry: {entry.Rule}, fingerprint {entry.Fingerprint}, found {count} times";

    private static string? Text(IFormattable? moment) => moment?.ToString(moment is DateOnly ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
