namespace Redactor.Forward;

/// <summary>Every limit on what a backend may do to us: what it bounds, its unit and why it has that value.</summary>
internal static class ForwardLimits
{
    /// <summary>Greatest answer of a backend that is read, in bytes: 64 KiB. An OTLP answer holds a count and one message; what is longer counts as unreadable.</summary>
    public const int MaxAnswerBytes = 64 * 1024;

    /// <summary>Greatest length of a backend's message that is passed on, in characters: 512, some six lines. It travels in a header (gRPC), where 8 KiB is a common limit.</summary>
    public const int MaxMessageLength = 512;

    /// <summary>Longest wait that a backend may ask for and that is passed on: an hour. Longer ones are cut: senders hold the data in memory meanwhile.</summary>
    public static readonly TimeSpan MaxRetryAfter = TimeSpan.FromHours(1);

    /// <summary>How long a connection to a backend may take to open. 5 seconds: three lost SYN packets.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Age at which a connection to a backend is replaced: 5 minutes, so that a changed DNS answer or a new replica is seen.</summary>
    public static readonly TimeSpan ConnectionAge = TimeSpan.FromMinutes(5);

    /// <summary>How long a lane of the queue waits after its retries came to nothing, or where the dead letters are full: 30 seconds, the longest wait between retries.</summary>
    public static readonly TimeSpan QueueRetryPause = TimeSpan.FromSeconds(30);

    /// <summary>What senders are asked to wait when the queue has no room or can't be written: 5 seconds, some sends of a backend that catches up.</summary>
    public static readonly TimeSpan QueueFullWait = TimeSpan.FromSeconds(5);

    /// <summary>How long the queue may go on delivering once the program stops: 4 seconds, so that a volume that goes with the pod is mostly empty. What remains is sent after the next start.</summary>
    public static readonly TimeSpan QueueDrainTime = TimeSpan.FromSeconds(4);

    /// <summary>Greatest payload of a queue in bytes: SQLite's own limit of a row, 1,000,000,000, less what else is in it.</summary>
    public const long MaxQueuedPayload = 999_000_000;

    /// <summary>Part of the queue that may be taken before senders should go elsewhere: nine tenths leave some minutes to act.</summary>
    public const double QueueNearFull = 0.9;

    /// <summary>How long a backend may refuse everything before senders should go elsewhere: a minute, longer than a rolling restart.</summary>
    public static readonly TimeSpan BackendTrouble = TimeSpan.FromMinutes(1);

    /// <summary>How long a failed attempt tells of a backend: 2 minutes. Whoever sends no more because we are not ready must get another chance to find out.</summary>
    public static readonly TimeSpan BackendMemory = TimeSpan.FromMinutes(2);
}
