namespace Redactor.Forward.Queue;

/// <summary>
/// Says beforehand that a batch will find no room in the queue, so that no request is read and redacted in vain: that would take the processor from what empties
/// the queue. Once shut it stays so until an eighth of the queue is free: else many would come for the room that one delivery made. Asking costs nothing. Thread-safe.
/// </summary>
/// <param name="totals">How much is taken.</param>
/// <param name="max">Greatest sum of the payloads that wait, in bytes.</param>
internal sealed class QueueGate(QueueTotals totals, long max)
{
    private const double MiB = 1024 * 1024;

    private readonly long reopens = max - max / 8;
    private volatile ExportOutcome.Retryable? answer;

    /// <summary>What senders are told; null if batches may come.</summary>
    /// <param name="underWay">Bytes of requests that have come and are not in the queue yet.</param>
    public ExportOutcome.Retryable? Answer(long underWay)
    {
        long queued = totals.QueuedBytes;
        if (answer is not null && queued <= reopens)
        {
            answer = null;
        }

        return queued + underWay > max ? answer ?? Shut() : answer;
    }

    /// <summary>Shuts it: a batch found no room, or will find none.</summary>
    public ExportOutcome.Retryable Shut() =>
        answer = new ExportOutcome.Retryable($"queue: {Fullness()}", ForwardLimits.QueueFullWait) { Reason = Refusal.QueueFull };

    /// <summary>How full the queue is, and whose backlog that is.</summary>
    public string Fullness()
    {
        string longest = totals.Longest() is var (exporter, bytes) ? $"; {bytes / MiB:0.#} MiB wait for {exporter}" : "";
        return $"{totals.QueuedBytes / MiB:0.#} of {max / MiB:0.#} MiB are taken{longest}";
    }
}
