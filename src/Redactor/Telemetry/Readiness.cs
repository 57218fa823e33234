namespace Redactor.Telemetry;

/// <summary>Whether senders may be pointed here.</summary>
public enum ReadinessState
{
    /// <summary>Not listening yet.</summary>
    Starting,

    /// <summary>Listening, with rules in force.</summary>
    Ready,

    /// <summary>Told to stop: finishing what is under way.</summary>
    Stopping,
}

/// <summary>The one place that knows <see cref="ReadinessState"/>. Thread-safe.</summary>
public sealed class Readiness
{
    private volatile ReadinessState state;

    public ReadinessState State
    {
        get => state;
        set => state = value;
    }
}
