namespace Redactor;

/// <summary>
/// How one export ended, in OTLP's terms: what the backends (or the receiver itself) decided and what the sender will be told.
/// A closed set: <see cref="Accepted"/>, <see cref="PartialSuccess"/>, <see cref="Retryable"/>, <see cref="Refused"/>.
/// Messages are read by the sender's operator; they never hold payload text.
/// </summary>
public abstract record ExportOutcome
{
    private ExportOutcome()
    {
    }

    /// <summary>The one <see cref="Accepted"/>.</summary>
    public static ExportOutcome Success { get; } = new Accepted();

    /// <summary>Everything was delivered.</summary>
    public sealed record Accepted : ExportOutcome;

    /// <summary>Delivered, except for some records that will never be accepted: the sender must not send them again.</summary>
    /// <param name="RejectedCount">Spans, data points, log records or profiles that were not accepted; 0 makes the message a warning.</param>
    /// <param name="Message">Why, for the sender's operator.</param>
    public sealed record PartialSuccess(long RejectedCount, string Message) : ExportOutcome
    {
        /// <summary>The payloads that hold what was rejected, where parts were sent one by one; from one exporter empty where only the backend knows.</summary>
        public IReadOnlyList<RedactedPayload> Rejected { get; init; } = [];
    }

    /// <summary>Not delivered now; the same request may succeed later.</summary>
    /// <param name="Message">Why, for the sender's operator.</param>
    /// <param name="RetryAfter">How long the sender should wait; null leaves it to the sender's own back-off.</param>
    public sealed record Retryable(string Message, TimeSpan? RetryAfter = null) : ExportOutcome
    {
        /// <summary>Decides the status on either transport; one that allows a retry.</summary>
        public Refusal Reason { get; init; } = Refusal.BackendUnavailable;
    }

    /// <summary>Not delivered for the stated reason, which also decides whether the sender may try again.</summary>
    /// <param name="Reason">Decides the status on either transport.</param>
    /// <param name="Message">What to say instead of the reason's own text, or null.</param>
    public sealed record Refused(Refusal Reason, string? Message = null) : ExportOutcome
    {
        /// <summary>What was refused, where it was redacted before it was; null where it could not be read.</summary>
        public RedactedPayload? Rejected { get; init; }
    }
}
