namespace Redactor.Receive.Kafka;

/// <summary>A record that can never be delivered: where it was, why, and what of it may be kept.</summary>
/// <param name="Record">Only its place is kept, never its text.</param>
/// <param name="Reason">Why.</param>
/// <param name="Message">The backend's words, redacted; null if it said nothing.</param>
/// <param name="Rejected">The record, or a part, redacted; null if it could not be read: it is masked whole then.</param>
internal sealed record DeadLetter(ConsumedRecord Record, Refusal Reason, string? Message, RedactedPayload? Rejected)
{
    /// <summary>What stands for a record that is masked whole.</summary>
    public const string MaskedWhole = "[REDACTED:undecodable]";
}

/// <summary>Where dead letters are kept.</summary>
internal interface IDeadLetterStore : IDisposable
{
    /// <summary>Keeps a letter for good, or says that it can't now.</summary>
    Task<bool> TryAddAsync(DeadLetter letter);
}
