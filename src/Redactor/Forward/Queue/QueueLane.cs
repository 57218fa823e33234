using Microsoft.Data.Sqlite;

namespace Redactor.Forward.Queue;

/// <summary>Delivers one signal to one backend, batch after batch in the order in which they came, and settles each: delivered, or a dead letter.</summary>
internal sealed class QueueLane(LaneKey key, IExporter exporter, QueueParts queue) : IDisposable
{
    private readonly SemaphoreSlim news = new(1);
    private volatile bool draining;
    private long headReceived;

    public LaneKey Key => key;

    /// <summary>When the batch came that is being delivered; null if nothing waits.</summary>
    public DateTimeOffset? OldestReceived => Interlocked.Read(ref headReceived) is > 0 and var received ? DateTimeOffset.FromUnixTimeMilliseconds(received) : null;

    /// <summary>Says that there may be something to deliver.</summary>
    public void Wake()
    {
        lock (news)
        {
            if (news.CurrentCount == 0)
            {
                news.Release();
            }
        }
    }

    /// <summary>From now on the lane ends when nothing waits.</summary>
    public void Drain()
    {
        draining = true;
        Wake();
    }

    /// <summary>Delivers until told to stop; what is under way then is delivered again after the next start.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            for (long after = 0; ;)
            {
                await news.WaitAsync(stop);
                after = await DeliverAllAsync(after, stop);
                if (draining)
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            draining = true;
        }
    }

    public void Dispose() => news.Dispose();

    private async Task<long> DeliverAllAsync(long after, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                using var batch = queue.Reader.Next(key, after);
                Interlocked.Exchange(ref headReceived, batch?.Received.ToUnixTimeMilliseconds() ?? 0);
                if (batch is null)
                {
                    return after;
                }

                await SettleAsync(batch, stop);
                after = batch.Number;
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                // Whatever it is, the batch is on disk and the lane must not end; the exception's own text may quote the payload.
                queue.Log.Unexpected(e is SqliteException sqlite ? $"SQLite error {sqlite.SqliteExtendedErrorCode}" : e.GetType().Name);
                await Task.Delay(ForwardLimits.QueueRetryPause, queue.Time, stop);
            }
        }
    }

    /// <summary>Offers a batch until it is delivered or a dead letter.</summary>
    private async Task SettleAsync(QueuedBatch batch, CancellationToken stop)
    {
        var settle = new QueueChange.Settle(key, batch.Number, batch.Id, batch.Payload.Bytes.Length);
        while (true)
        {
            TimeSpan? pause = null;
            if (!batch.IsIntact)
            {
                pause = Bury("damaged on disk: its checksum does not match");
            }
            else if (queue.Time.GetUtcNow() - batch.Received > queue.Options.MaxAge)
            {
                pause = Bury($"older than queue.max_age ({queue.Options.MaxAge.TotalHours:0.##} h)");
            }
            else
            {
                switch (await exporter.ExportAsync(batch.Payload, stop))
                {
                    case ExportOutcome.Retryable retryable:
                        pause = retryable.RetryAfter ?? ForwardLimits.QueueRetryPause;
                        break;
                    case ExportOutcome.Refused refused:
                        pause = Bury($"{refused.Reason}: {refused.Message}");
                        break;
                    case ExportOutcome.PartialSuccess { RejectedCount: > 0 } partial:
                        pause = Bury($"partial success, {partial.RejectedCount} rejected: {partial.Message}", partial.Rejected);
                        break;
                    default:
                        queue.Writer.Post(settle);
                        break;
                }
            }

            if (pause is null)
            {
                return;
            }

            await Task.Delay(pause.Value, queue.Time, stop);
        }

        // Null if it is a dead letter now; a pause if there is no room for one.
        TimeSpan? Bury(string reason, IReadOnlyList<RedactedPayload>? parts = null) =>
            queue.DeadLetters.TryAdd(settle, batch, reason, parts ?? []) ? null : ForwardLimits.QueueRetryPause;
    }
}
