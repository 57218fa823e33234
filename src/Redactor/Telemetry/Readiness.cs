namespace Redactor.Telemetry;

/// <summary>How far the program is between its start and its end.</summary>
public enum ReadinessState
{
    /// <summary>Not listening yet.</summary>
    Starting,

    /// <summary>Listening, with rules in force.</summary>
    Ready,

    /// <summary>Told to stop: finishing what is under way.</summary>
    Stopping,
}

/// <summary>Whether senders may be pointed here. Thread-safe.</summary>
public sealed class Readiness
{
    private volatile ReadinessState state;
    private volatile Func<IEnumerable<string>>[] troubles = [];

    /// <summary>How far the program is.</summary>
    public ReadinessState State
    {
        get => state;
        set => state = value;
    }

    /// <summary>Asks <paramref name="find"/> too, for lines about what is wrong; none means that all is well.</summary>
    public void Watch(Func<IEnumerable<string>> find) => troubles = [.. troubles, find];

    /// <summary>Why senders should go elsewhere, a line each; none if they may come.</summary>
    public IReadOnlyList<string> Reasons() => state switch
    {
        ReadinessState.Starting => ["starting"],
        ReadinessState.Stopping => ["stopping"],
        _ => [.. troubles.SelectMany(find => find())],
    };
}
