using Redactor.Locate;
using Redactor.Rules;
using Redactor.Scanning;

namespace Redactor.Redact;

/// <summary>Redacts OTLP requests: the one way from a <see cref="Payload"/> to a <see cref="RedactedPayload"/>.</summary>
public static class PayloadRedactor
{
    private const string Place = "payload";

    /// <summary>As <see cref="Redact(Payload, RuleSet)"/>, and counts what each rule does and costs. Slower: for samples.</summary>
    public static RedactionResult Redact(Payload payload, RuleSet rules, RuleCosts costs)
    {
        Scanner.Observe(costs);
        try
        {
            return Redact(payload, rules);
        }
        finally
        {
            Scanner.Observe(null);
        }
    }

    /// <summary>Finds and masks. A payload without findings goes on as the very same bytes. Thread-safe.</summary>
    public static RedactionResult Redact(Payload payload, RuleSet rules)
    {
        var scratch = Scratch.Rent(Maskers.For(rules));
        try
        {
            scratch.Signal = payload.Signal;
            OtlpMessage request = OtlpFields.Request(payload.Signal);
            RedactedText result = payload.Encoding == PayloadEncoding.Protobuf
                ? RedactProtobuf(payload.Bytes, request, rules, scratch)
                : JsonRedactor.Redact(payload.Bytes, request, Place, rules, scratch);
            RedactedPayload? redacted = result.Status == RedactionStatus.Ok ? new RedactedPayload(payload, result.Bytes) : null;
            return new RedactionResult(result.Status, redacted, result.Report);
        }
        finally
        {
            scratch.Return();
        }
    }

    private static RedactedText RedactProtobuf(ReadOnlyMemory<byte> bytes, OtlpMessage request, RuleSet rules, Scratch scratch)
    {
        ReadOnlySpan<byte> payload = bytes.Span;
        if (!ProtobufFraming.IsValid(payload, request))
        {
            return RedactedText.Refused(LocateStatus.Malformed);
        }

        rules.Scanner.FindCandidates(payload, scratch.Candidates);
        LocateStatus located = ProtobufLocator.Locate(payload, request, rules.Scanner, scratch.Candidates, scratch);
        if (located != LocateStatus.Ok)
        {
            return RedactedText.Refused(located);
        }

        if (FieldRedactor.Redact(payload, PayloadEncoding.Protobuf, rules, scratch))
        {
            bytes = ProtobufRewriter.Rewrite(payload, scratch.Fields.Items, scratch.Edits, scratch.Replacements.WrittenSpan);
        }

        return new RedactedText(RedactionStatus.Ok, bytes, scratch.Counter.ToReport());
    }
}
