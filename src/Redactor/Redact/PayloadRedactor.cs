using System.Text.Unicode;
using Redactor.Locate;
using Redactor.Redact.Chunks;
using Redactor.Rules;
using Redactor.Scanning;

namespace Redactor.Redact;

/// <summary>Redacts OTLP requests and records of Kafka: the one way from a <see cref="Payload"/> to a <see cref="RedactedPayload"/>.</summary>
internal static class PayloadRedactor
{
    private const string Place = "payload";

    /// <summary>Finds and masks. A payload without findings goes on as the very same bytes. Thread-safe.</summary>
    /// <param name="payload">The request or record.</param>
    /// <param name="rules">The rules in force.</param>
    /// <param name="rewritten">Where what was changed is written to, and lives until that is returned; null: to new memory.</param>
    /// <param name="neighbours">What other requests hold of the payload's streams; null: nothing is known of them.</param>
    /// <param name="refuses">Whether records of a request that hold a unit over budget are dropped, in place of the unit being masked.</param>
    /// <param name="costs">Counts what each rule does and costs, and makes it slower: for samples. Null: nobody does.</param>
    public static RedactionResult Redact(
        Payload payload, RuleSet rules, RewriteBuffer? rewritten = null, StreamNeighbours? neighbours = null, bool refuses = false, RuleCosts? costs = null)
    {
        Scanner.Observe(costs);
        try
        {
            RedactedText value = payload.Encoding switch
            {
                PayloadEncoding.Protobuf or PayloadEncoding.Json => RedactRequest(payload, rules, rewritten, neighbours, refuses),
                PayloadEncoding.AnyJson => JsonRedactor.Redact(payload.Bytes, rules),
                PayloadEncoding.Text when !Utf8.IsValid(payload.Bytes.Span) => RedactedText.Refused(LocateStatus.Malformed),
                _ => new RedactedText(RedactionStatus.Ok, payload.Bytes, RedactionReport.Clean),
            };
            return value.Status == RedactionStatus.Ok ? RecordRedactor.Redact(payload, value, rules) : new RedactionResult(value.Status, null, value.Report);
        }
        finally
        {
            Scanner.Observe(null);
        }
    }

    /// <summary>Redacts an OTLP message as it stands on the wire.</summary>
    public static RedactedText RedactRequest(Payload payload, RuleSet rules, RewriteBuffer? rewritten = null, StreamNeighbours? neighbours = null, bool refuses = false)
    {
        var scratch = Scratch.Rent(rules);
        try
        {
            scratch.Signal = payload.Signal;
            scratch.Rewritten = rewritten;
            scratch.Neighbours = neighbours;
            scratch.Judge.OverBudget = refuses ? Verdict.Refuse : Verdict.Mask;
            OtlpMessage request = OtlpFields.Request(payload.Signal);
            RedactedText result = payload.Encoding == PayloadEncoding.Protobuf
                ? RedactProtobuf(payload.Bytes, request, rules, scratch)
                : JsonRedactor.Redact(payload.Bytes, request, Place, rules, scratch);
            return scratch.IsRefused ? result with { Status = RedactionStatus.OverBudget, Bytes = default } : result;
        }
        catch (TooDenseException)
        {
            scratch.IsSpoiled = true;
            return RedactedText.Refused(LocateStatus.TooDense);
        }
        finally
        {
            scratch.Return();
        }
    }

    private static RedactedText RedactProtobuf(ReadOnlyMemory<byte> bytes, OtlpMessage request, RuleSet rules, Scratch scratch)
    {
        ReadOnlySpan<byte> payload = bytes.Span;
        LocateStatus located = ProtobufUnits.Read(payload, request, scratch);
        if (located == LocateStatus.Ok)
        {
            scratch.Chunks.Read(payload, PayloadEncoding.Protobuf, scratch.Signal, scratch.Neighbours, scratch.Streams.Any);
            scratch.Payload.Read(bytes, scratch.Texts, rules.Scanner);

            // A piece of what streaming has cut need not show anything by itself.
            bool everything = rules.Conversations.Hide.Count > 0 || scratch.Chunks.HasCuts;
            located = ProtobufLocator.Locate(payload, request, rules.Scanner, everything ? null : scratch.Payload.FindPlaces(scratch.Names), scratch);
        }

        if (located != LocateStatus.Ok)
        {
            return RedactedText.Refused(located);
        }

        if (FieldRedactor.Redact(payload, PayloadEncoding.Protobuf, rules, scratch))
        {
            bytes = ProtobufRewriter.Rewrite(payload, scratch.Fields.Items, scratch.Edits, scratch.Replacements.WrittenSpan, scratch.Rewritten);
        }

        return new RedactedText(RedactionStatus.Ok, bytes, scratch.Counter.ToReport());
    }
}
