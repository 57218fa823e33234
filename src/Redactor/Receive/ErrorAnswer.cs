namespace Redactor.Receive;

/// <summary>An outcome that is not a success, ready to be written by either transport.</summary>
/// <param name="Grpc">The code in <c>grpc-status</c>, and in the body of an HTTP error.</param>
/// <param name="Http">The HTTP status.</param>
/// <param name="Message">For the sender's operator; at most <see cref="MaxMessageLength"/> characters.</param>
/// <param name="RetryAfter">How long the sender should wait before it tries again; null where it should not, or may choose.</param>
internal readonly record struct ErrorAnswer(GrpcStatusCode Grpc, int Http, string Message, TimeSpan? RetryAfter)
{
    /// <summary>Greatest length of a message in characters. 512: percent-encoded it stays within the 8 KiB of headers that gRPC clients take.</summary>
    public const int MaxMessageLength = 512;

    /// <summary>The answer to <paramref name="outcome"/>, by the refusal table; null for a success.</summary>
    public static ErrorAnswer? For(ExportOutcome outcome) => outcome switch
    {
        ExportOutcome.Retryable retryable => Of(retryable.Reason, retryable.Message, retryable.RetryAfter),
        ExportOutcome.Refused refused => For(refused),
        _ => null,
    };

    private static ErrorAnswer For(ExportOutcome.Refused refused)
    {
        RefusalStatus status = RefusalTable.Of(refused.Reason);
        return Of(refused.Reason, refused.Message ?? status.Message, status.Retryable ? RefusalTable.DefaultRetryDelay : null);
    }

    private static ErrorAnswer Of(Refusal refusal, string message, TimeSpan? retryAfter)
    {
        RefusalStatus status = RefusalTable.Of(refusal);
        return new(status.Grpc, status.Http, message.Length > MaxMessageLength ? message[..MaxMessageLength] : message, retryAfter);
    }
}
