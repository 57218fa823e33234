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
}
