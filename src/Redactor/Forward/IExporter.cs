namespace Redactor.Forward;

/// <summary>One place where redacted telemetry goes, or a stage on the way there. Thread-safe.</summary>
public interface IExporter : IDisposable
{
    /// <summary>The name in the configuration.</summary>
    string Name { get; }

    /// <summary>Where it goes, for people: no credentials.</summary>
    string Destination { get; }

    /// <summary>The signals that it takes.</summary>
    IReadOnlyList<Signal> Signals { get; }

    /// <summary>
    /// Delivers one payload and says what became of it. Once the task has ended, nothing reads the payload's bytes any more.
    /// </summary>
    /// <exception cref="OperationCanceledException">The time for the attempt is up, or the sender gave up.</exception>
    Task<ExportOutcome> ExportAsync(RedactedPayload payload, CancellationToken cancellation);
}
