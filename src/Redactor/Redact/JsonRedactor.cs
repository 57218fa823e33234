using Redactor.Locate;
using Redactor.Redact.Chunks;
using Redactor.Rules;
using Redactor.Scanning;

namespace Redactor.Redact;

/// <summary>Redacts any JSON value: every string, every number that a rule asks for, and values whose member name is a rule's key.</summary>
public static class JsonRedactor
{
    private const string Place = "json";

    /// <summary>Finds and masks in one JSON value. A value without findings comes back as the very same bytes. Thread-safe.</summary>
    public static RedactedText Redact(ReadOnlyMemory<byte> json, RuleSet rules)
    {
        var scratch = Scratch.Rent(rules);
        try
        {
            return Redact(json, null, Place, rules, scratch);
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

    /// <summary>As <see cref="Redact(ReadOnlyMemory{byte}, RuleSet)"/>, for a message of type <paramref name="request"/> in OTLP/JSON, or for any JSON.</summary>
    internal static RedactedText Redact(ReadOnlyMemory<byte> json, OtlpMessage? request, string place, RuleSet rules, Scratch scratch)
    {
        ReadOnlySpan<byte> payload = json.Span;
        scratch.Chunks.Read(payload, PayloadEncoding.Json, scratch.Signal, scratch.Neighbours, ChunkStreams.MayBeIn(payload, scratch.Signal));
        scratch.Texts.Begin(payload.Length);
        scratch.Texts.AddWhole(payload);
        scratch.Payload.Read(json, scratch.Texts, rules.Scanner);
        bool everything = rules.Conversations.Hide.Count > 0 || scratch.Chunks.HasCuts;
        LocateStatus located = JsonLocator.Locate(payload, request, place, rules.Scanner, everything ? null : scratch.Payload.AllPlaces(), scratch);
        if (located != LocateStatus.Ok)
        {
            return RedactedText.Refused(located);
        }

        if (FieldRedactor.Redact(payload, PayloadEncoding.Json, rules, scratch))
        {
            json = JsonRewriter.Rewrite(payload, scratch.Fields.Items, scratch.Edits, scratch.Replacements.WrittenSpan, scratch.Rewritten);
        }

        return new RedactedText(RedactionStatus.Ok, json, scratch.Counter.ToReport());
    }
}
