namespace Redactor.Forward.Queue;

/// <summary>Makes dead letters of what can't be delivered, as long as there is room for them. Thread-safe.</summary>
/// <param name="options">How much room there is.</param>
/// <param name="totals">How much is taken.</param>
/// <param name="writer">Writes them.</param>
/// <param name="clean">Redacts a reason: it may quote a backend.</param>
/// <param name="time">Dates them.</param>
internal sealed class DeadLetterBox(QueueOptions options, QueueTotals totals, QueueWriter writer, Func<string, string> clean, TimeProvider time)
{
    /// <summary>Whether one more finds room.</summary>
    public bool IsFull => totals.Dead.Bytes >= options.MaxDeadLetterBytes;

    /// <summary>Makes a dead letter of a batch, or of the parts that were rejected; false if there is no room, and the batch has to stay where it is.</summary>
    public bool TryAdd(QueueChange.Settle delivery, QueuedBatch batch, string reason, IReadOnlyList<RedactedPayload> parts)
    {
        if (IsFull)
        {
            return false;
        }

        writer.Post(new QueueChange.Bury(delivery, time.GetUtcNow(), clean(reason), parts, batch.Received));
        return true;
    }
}
