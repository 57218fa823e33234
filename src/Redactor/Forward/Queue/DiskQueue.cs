using Microsoft.Data.Sqlite;

namespace Redactor.Forward.Queue;

/// <summary>The queue's directory can't be used. The message says why, and what would help.</summary>
internal sealed class QueueUnavailableException(string message) : Exception(message);

/// <summary>What waits for one backend.</summary>
/// <param name="Exporter">The exporter's name.</param>
/// <param name="Signal">The signal.</param>
/// <param name="Batches">How many.</param>
/// <param name="Bytes">Of their payloads.</param>
/// <param name="OldestAge">Since when the first of them waits; none if nothing does.</param>
internal readonly record struct QueueDepth(string Exporter, Signal Signal, long Batches, long Bytes, TimeSpan OldestAge);

/// <summary>Keeps batches on disk and delivers them to each backend at its own pace. README.md says what always holds.</summary>
internal sealed class DiskQueue : IAsyncDisposable
{
    private readonly QueueOptions options;
    private readonly QueueFile file;
    private readonly QueueTotals totals = new();
    private readonly QueueGate gate;
    private readonly QueueLog log;
    private readonly QueueWriter writer;
    private readonly QueueReader reader;
    private readonly DeadLetterBox deadLetters;
    private readonly IReadOnlyList<QueueLane> lanes;
    private readonly Dictionary<Signal, IReadOnlyList<string>> exportersBySignal;
    private readonly CancellationTokenSource stop = new();
    private readonly FileStream ownership;
    private readonly TimeProvider time;
    private Task running = Task.CompletedTask;

    /// <summary>Opens the queue; nothing is delivered before <see cref="Start"/>.</summary>
    /// <param name="options">Where and how much.</param>
    /// <param name="exporters">Every backend, with its stages. Owned by the caller.</param>
    /// <param name="clean">Redacts text by the rules in force.</param>
    /// <param name="logger">Told of what goes wrong, without any text of a payload.</param>
    /// <param name="time">Measures ages and waits.</param>
    /// <exception cref="QueueUnavailableException">The directory can't be used.</exception>
    public DiskQueue(QueueOptions options, IReadOnlyList<IExporter> exporters, Func<string, string> clean, ILogger logger, TimeProvider time)
    {
        this.options = options;
        this.time = time;
        gate = new QueueGate(totals, options.MaxBytes);
        log = new QueueLog(logger);
        file = new QueueFile(options.Directory, options.Synchronous);
        (ownership, SetAside) = Open();
        exportersBySignal = Enum.GetValues<Signal>().ToDictionary(s => s, s => (IReadOnlyList<string>)[.. exporters.Where(e => e.Signals.Contains(s)).Select(e => e.Name)]);
        using (var connection = file.Open())
        {
            OrphanedDeliveries.Bury(connection, exportersBySignal, log, time);
            totals.Reset(QueueCount.Of(connection));
        }

        reader = new QueueReader(file);
        writer = new QueueWriter(file, totals, Wake, log);
        deadLetters = new DeadLetterBox(options, totals, writer, clean, time);
        var parts = new QueueParts(options, reader, writer, deadLetters, log, time);
        lanes = [.. exporters.SelectMany(e => e.Signals.Select(s => new QueueLane(new LaneKey(e.Name, s), e, parts)))];
    }

    /// <summary>Whether a file was set aside when the queue was opened.</summary>
    public bool SetAside { get; }

    /// <summary>Bytes of payloads that wait, each once.</summary>
    public long Bytes => totals.QueuedBytes;

    /// <summary>What waits, by backend and signal.</summary>
    public IEnumerable<QueueDepth> Depths => lanes.Select(lane =>
    {
        var amount = totals.Of(lane.Key);
        var age = lane.OldestReceived is { } received ? time.GetUtcNow() - received : TimeSpan.Zero;
        return new QueueDepth(lane.Key.Exporter, lane.Key.Signal, amount.Count, amount.Bytes, age);
    });

    /// <summary>The dead letters, by backend.</summary>
    public IEnumerable<(string Exporter, long Batches, long Bytes)> DeadLetters => totals.DeadByExporter.Select(d => (d.Key, d.Value.Count, d.Value.Bytes));

    /// <summary>What senders would hear if they came now, known before a batch is there; null if they may come. Costs nothing to ask.</summary>
    /// <param name="underWay">Bytes of requests that have come and are not in the queue yet.</param>
    public ExportOutcome.Retryable? Backpressure(long underWay) => gate.Answer(underWay);

    /// <summary>Why senders should go elsewhere; none if all is well.</summary>
    public IEnumerable<string> Troubles()
    {
        if (writer.Trouble is { } trouble)
        {
            yield return $"queue: {trouble}";
        }

        if (totals.QueuedBytes >= options.MaxBytes * ForwardLimits.QueueNearFull)
        {
            yield return $"queue: {gate.Fullness()}";
        }

        if (deadLetters.IsFull)
        {
            yield return "queue: the dead letters are full; send them again or discard them with redactor dead-letters";
        }
    }

    /// <summary>Begins to deliver.</summary>
    public void Start() => running = Task.WhenAll(lanes.Select(lane => Task.Run(() => lane.RunAsync(stop.Token))));

    /// <summary>Keeps a batch for every backend of its signal. Ends when it is on disk, or will not be.</summary>
    public async Task<ExportOutcome> ExportAsync(RedactedPayload payload)
    {
        int size = payload.Bytes.Length;
        if (exportersBySignal[payload.Signal] is not [_, ..] exporters)
        {
            return new ExportOutcome.Refused(Refusal.SignalNotSupported);
        }

        if (size > Math.Min(options.MaxBytes, ForwardLimits.MaxQueuedPayload))
        {
            return new ExportOutcome.Refused(Refusal.BackendTooLarge, "the message is larger than the whole queue: send smaller batches, or raise queue.max_size_mib");
        }

        if (!totals.TryReserve(size, options.MaxBytes))
        {
            return gate.Shut();
        }

        return await writer.AppendAsync(payload, time.GetUtcNow(), exporters)
            ? ExportOutcome.Success
            : new ExportOutcome.Retryable($"queue: {writer.Trouble}", ForwardLimits.QueueFullWait);
    }

    /// <summary>Delivers for at most <see cref="ForwardLimits.QueueDrainTime"/> more what waits, and ends.</summary>
    public async Task StopAsync()
    {
        stop.CancelAfter(ForwardLimits.QueueDrainTime);
        foreach (var lane in lanes)
        {
            lane.Drain();
        }

        await running;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        writer.Dispose();
        reader.Dispose();
        foreach (var lane in lanes)
        {
            lane.Dispose();
        }

        await ownership.DisposeAsync();
        stop.Dispose();
    }

    private (FileStream Ownership, bool SetAside) Open()
    {
        FileStream held;
        try
        {
            held = file.Lock();
        }
        catch (UnauthorizedAccessException)
        {
            throw new QueueUnavailableException($"queue.directory {options.Directory}: this user can't write there. Name another directory, or give it the right to.");
        }
        catch (IOException)
        {
            throw new QueueUnavailableException($"queue.directory {options.Directory} is in use by another redactor, or can't be made. Stop the other, or name another directory.");
        }

        try
        {
            if (file.Prepare(time.GetUtcNow()) is not var (name, reason))
            {
                return (held, false);
            }

            log.SetAside(name, reason);
            return (held, true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            held.Dispose();
            throw new QueueUnavailableException($"queue.directory {options.Directory}: its file can't be written. Give this user the right to, or make room on the disk.");
        }
    }

    private void Wake()
    {
        foreach (var lane in lanes.Where(lane => totals.Of(lane.Key).Count > 0))
        {
            lane.Wake();
        }
    }
}
