namespace Redactor.Forward.Queue;

/// <summary>One thing to be done to the file. A closed set: <see cref="Append"/>, <see cref="Settle"/>, <see cref="Bury"/>.</summary>
internal abstract record QueueChange
{
    private QueueChange()
    {
    }

    /// <summary>A new batch.</summary>
    /// <param name="Payload">Read until <paramref name="Written"/> has ended.</param>
    /// <param name="Received">When it came.</param>
    /// <param name="Exporters">Who has to get it.</param>
    /// <param name="Written">Whether it is on disk.</param>
    public sealed record Append(RedactedPayload Payload, DateTimeOffset Received, IReadOnlyList<string> Exporters, TaskCompletionSource<bool> Written) : QueueChange;

    /// <summary>A backend has a batch.</summary>
    /// <param name="Lane">The backend and the signal.</param>
    /// <param name="Number">The delivery's number.</param>
    /// <param name="Batch">The batch's row.</param>
    /// <param name="Size">The payload's length in bytes.</param>
    public sealed record Settle(LaneKey Lane, long Number, long Batch, int Size) : QueueChange;

    /// <summary>A backend will not get a batch, or some of it.</summary>
    /// <param name="Delivery">What is settled by it.</param>
    /// <param name="Died">When.</param>
    /// <param name="Reason">Why, redacted.</param>
    /// <param name="Parts">What of the batch was rejected; empty for all of it.</param>
    /// <param name="Received">When the batch came.</param>
    public sealed record Bury(Settle Delivery, DateTimeOffset Died, string Reason, IReadOnlyList<RedactedPayload> Parts, DateTimeOffset Received) : QueueChange;
}
