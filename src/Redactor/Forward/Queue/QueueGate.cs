namespace Redactor.Forward.Queue;

/// <summary>
/// Says beforehand that the queue has no room, so that no request is read and redacted in vain: that would take the processor from what empties the queue.
/// Once a batch found no room it stays shut until an eighth of the queue is free: were it open for the room of one batch, all who come at that moment would be read
/// and all but one refused. Asking costs nothing. Thread-safe.
/// </summary>
/// <param name="totals">How much is taken.</param>
/// <param name="max">Greatest sum of the payloads that wait, in bytes.</param>
internal sealed class QueueGate(QueueTotals totals, long max)
{
    private readonly long reopens = max - max / 8;
    private volatile ExportOutcome.Retryable? answer;

    /// <summary>What senders are told; null if batches may come.</summary>
    public ExportOutcome.Retryable? Answer
    {
        get
        {
            if (answer is not null && totals.QueuedBytes <= reopens)
            {
                answer = null;
            }

            return answer;
        }
    }

    /// <summary>Shuts it: a batch found no room.</summary>
    /// <param name="reason">Why, for the senders' operators.</param>
    public ExportOutcome.Retryable Shut(string reason) =>
        answer = new ExportOutcome.Retryable(reason, ForwardLimits.QueueFullWait) { Reason = Refusal.QueueFull };
}
