namespace Redactor.Forward.Queue;

/// <summary>What a committed transaction survives.</summary>
public enum QueueSynchronous
{
    /// <summary>The loss of power: the disk has it before the sender hears of success.</summary>
    Full,

    /// <summary>The death of the process; after a loss of power the last seconds may be missing.</summary>
    Normal,
}

/// <summary>Where and how much is kept on disk.</summary>
public sealed record QueueOptions
{
    private const long MiB = 1024 * 1024;

    /// <summary>The directory, made if it is missing. No other process may use it.</summary>
    public required string Directory { get; init; }

    /// <summary>Greatest sum of the payloads that wait, in bytes. 1 GiB: some minutes of 5 MB/s for a sidecar.</summary>
    public long MaxBytes { get; init; } = 1024 * MiB;

    /// <summary>How long a batch may wait for a backend before it becomes a dead letter. 72 hours: an outage over a weekend.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromHours(72);

    /// <summary>What success promises. Full: what is acknowledged survives everything but the disk.</summary>
    public QueueSynchronous Synchronous { get; init; } = QueueSynchronous.Full;

    /// <summary>Greatest sum of the dead letters' payloads, in bytes. 256 MiB, a quarter of the queue.</summary>
    public long MaxDeadLetterBytes { get; init; } = 256 * MiB;
}
