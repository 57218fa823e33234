using Redactor.Scanning.Judging;

namespace Redactor.Redact;

/// <summary>Every limit of redacting: what it bounds, its unit and why it has that value.</summary>
internal static class RedactLimits
{
    /// <summary>Findings of one payload that are audited: 1,000, each with a fingerprint of its own. The metrics count all.</summary>
    public const int MaxAudited = 1000;

    /// <summary>
    /// The size in bytes above which payloads are redacted one at a time: 4 MiB, what gRPC takes by default. Redaction needs memory beside the payload,
    /// and much of it where every few bytes are a candidate (measured: some 300 MiB for 22 MiB of 1,000,000 attributes); several at once must not swell
    /// the process.
    /// </summary>
    public const int LargePayload = 4 * 1024 * 1024;

    /// <summary>
    /// The longest name of an attribute, in bytes, of whose parts others may say the role: 256, three times the longest of the conventions. Each of its dots is asked for
    /// all before it.
    /// </summary>
    public const int MaxConversationName = 256;

    /// <summary>
    /// The largest memory for a rewritten payload that goes back to the pool, in bytes: 2 MiB, a request of 1 MiB and a bit, rounded up. The pool keeps several of
    /// every size for each processor.
    /// </summary>
    public const int MaxPooledRewrite = 2 * 1024 * 1024;

    /// <summary>Greatest sum of all masks, and of the texts that they stand in, of one payload in bytes: 128 MiB, twice the largest message.</summary>
    public const int MaxReplacements = 128 * 1024 * 1024;

    /// <summary>
    /// Located fields that a thread keeps room for between payloads: 65,536, what a dense request of 4 MiB needs.
    /// A thread that once worked on a larger one starts anew.
    /// </summary>
    public const int KeptFields = 64 * 1024;

    /// <summary>Bytes of masked texts, and of one text in plain, that a thread keeps room for between payloads: 1 MiB each, a mask of 16 bytes for every field that it keeps.</summary>
    public const int KeptText = 1024 * 1024;

    /// <summary>Candidates that a thread keeps room for between payloads: 1 Mi (8 MiB), a dense request of 64 MiB.</summary>
    public const int KeptCandidates = 1024 * 1024;

    /// <summary>Bytes of a payload without escapes that a thread keeps room for: 8 MiB, twice the usual greatest request.</summary>
    public const int KeptDecoded = 8 * 1024 * 1024;

    /// <summary>How deep the bytes of a field that this build does not know are taken for messages: 16 levels, more than OTLP's own fixed ones.</summary>
    public const int MaxUnknownNesting = 16;

    /// <summary>The longest mask of a number in bytes: that of a label, 125; its length fits one byte of a varint.</summary>
    public const int MaxMaskLength = MaskText.MaxLength;

    /// <summary>
    /// How often one unit is masked at most: 4. A label may end a word that ran on, and so let a rule match that did not before; the text is
    /// scanned again until nothing is found, so that a second hop finds nothing either.
    /// </summary>
    public const int MaxPasses = 4;

    /// <summary>How much of a text stream is held before a line longer than that is cut, in bytes: 1 MiB, four windows of the stream scan.</summary>
    public const int MaxHeldText = 1024 * 1024;
}
