namespace Redactor.Redact.Chunks;

/// <summary>
/// Finds what other requests hold of the streams of a request. One whose streams end, or begin, in what may be half a secret waits for the other half: its sender has not been
/// answered yet, so that nothing is lost. Of all others the ends are remembered for a while, unredacted and in memory only. Thread-safe.
/// </summary>
/// <param name="options">The bounds.</param>
/// <param name="time">Measures them.</param>
/// <param name="ended">Told of each request that was held, or had to be.</param>
internal sealed class ChunkHold(HoldOptions options, TimeProvider time, Action<HoldEnd> ended) : IDisposable
{
    private readonly StreamMemory memory = new(options.MaxBytes);
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock changing = new();
    private TaskCompletionSource news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets go of everything that is held, and holds nothing any more.</summary>
    public void Stop() => stopping.Cancel();

    public void Dispose() => stopping.Dispose();

    /// <summary>What is known of the streams of a request, as soon as it is enough or a bound is reached; null: it has none.</summary>
    /// <exception cref="OperationCanceledException">The sender gave up.</exception>
    public async Task<StreamNeighbours?> WaitAsync(Payload payload, CancellationToken cancellation)
    {
        List<StreamEnds> ends = StreamEnds.Read(payload);
        if (ends.Count == 0)
        {
            return null;
        }

        bool waits, isHeld;
        lock (changing)
        {
            memory.Forget(time.GetUtcNow() - ChunkLimits.MaxAge);
            foreach (StreamEnds stream in ends)
            {
                memory.Add(stream, time.GetUtcNow());
            }

            waits = ends.Exists(Waits);
            isHeld = waits && memory.TryHold(payload.Bytes.Length);
            (TaskCompletionSource told, news) = (news, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            told.SetResult();
        }

        HoldEnd end = isHeld ? await HoldAsync(payload, ends, cancellation) : HoldEnd.Bytes;
        lock (changing)
        {
            if (waits)
            {
                ended(end);
            }

            return new StreamNeighbours(ends.GroupBy(e => e.Stream).ToDictionary(g => g.Key, g => memory.Around(g.Last())));
        }
    }

    private async Task<HoldEnd> HoldAsync(Payload payload, List<StreamEnds> ends, CancellationToken cancellation)
    {
        try
        {
            return await UntilJoinedAsync(ends, cancellation);
        }
        finally
        {
            lock (changing)
            {
                memory.Release(payload.Bytes.Length);
            }
        }
    }

    private async Task<HoldEnd> UntilJoinedAsync(List<StreamEnds> ends, CancellationToken cancellation)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopping.Token);
        Task limit = Task.Delay(options.MaxWait, time, bounded.Token);
        while (NewsFor(ends) is { } next)
        {
            if (await Task.WhenAny(next, limit) == limit)
            {
                cancellation.ThrowIfCancellationRequested();
                return stopping.IsCancellationRequested ? HoldEnd.Shutdown : HoldEnd.Time;
            }
        }

        await bounded.CancelAsync();
        return HoldEnd.Joined;
    }

    /// <summary>Ends with the next request of any stream; null if nothing need be waited for.</summary>
    private Task? NewsFor(List<StreamEnds> ends)
    {
        lock (changing)
        {
            return ends.Exists(Waits) ? news.Task : null;
        }
    }

    private bool Waits(StreamEnds end)
    {
        if (!end.IsStreamed)
        {
            return false;
        }

        StreamContext known = memory.Around(end);
        return known.IsOpen || (known.Before.Length == 0 && OpenToken.LengthAtStart(end.Head) > 0);
    }
}
