using Redactor.Rules;

namespace Redactor.Redact;

/// <summary>
/// Redacts what of a Kafka record no locator walks: key, headers, and a value that is text or bytes. They are put into log records,
/// a header as an attribute and the rest as bodies, so that every rule means for them what it means for logs.
/// </summary>
internal static class RecordRedactor
{
    /// <summary>Completes the redaction of <paramref name="payload"/>, whose value is clean already where it is OTLP or JSON.</summary>
    public static RedactionResult Redact(Payload payload, in RedactedText value, RuleSet rules)
    {
        bool valueToo = payload.Encoding is PayloadEncoding.Text or PayloadEncoding.Raw;
        if (!valueToo && payload.Envelope is null or { Key: null, Headers: [] })
        {
            return new RedactionResult(RedactionStatus.Ok, new RedactedPayload(payload, value.Bytes, payload.Envelope), value.Report);
        }

        var before = RecordMessage.Write(payload.Envelope, valueToo ? payload.Bytes : default(ReadOnlyMemory<byte>?));
        var after = PayloadRedactor.RedactRequest(new Payload(Signal.Logs, PayloadEncoding.Protobuf, before, Origin.None), rules);
        var report = Join(value.Report, after.Report);
        if (after.Status != RedactionStatus.Ok)
        {
            return new RedactionResult(after.Status, null, report);
        }

        if (after.Bytes.Equals(before))
        {
            return new RedactionResult(RedactionStatus.Ok, new RedactedPayload(payload, value.Bytes, payload.Envelope), report);
        }

        return RecordMessage.TryRead(after.Bytes, payload.Envelope, out var envelope, out var text)
            ? new RedactionResult(RedactionStatus.Ok, new RedactedPayload(payload, valueToo ? text : value.Bytes, envelope), report)
            : new RedactionResult(RedactionStatus.Dropped, null, report);
    }

    private static RedactionReport Join(RedactionReport value, RedactionReport rest) =>
        rest == RedactionReport.Clean
            ? value
            : new RedactionReport([.. value.Findings, .. rest.Findings], value.UnitsOverBudget + rest.UnitsOverBudget, value.RecordsDropped + rest.RecordsDropped)
            {
                Audited = [.. value.Audited, .. rest.Audited],
            };
}
