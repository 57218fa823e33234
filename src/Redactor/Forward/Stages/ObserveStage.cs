using System.Diagnostics;

namespace Redactor.Forward.Stages;

/// <summary>Tells how each attempt ended.</summary>
internal sealed class ObserveStage(IExporter next, ExportObserver observer) : ExporterStage(next)
{
    public override async Task<ExportOutcome> ExportAsync(RedactedPayload payload, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var outcome = await Next.ExportAsync(payload, cancellation);
        observer(Name, payload.Signal, Stopwatch.GetElapsedTime(started), outcome);
        return outcome;
    }
}

/// <summary>Told of the end of an attempt to deliver: to which exporter, of what, how long it took, how it ended.</summary>
public delegate void ExportObserver(string exporter, Signal signal, TimeSpan elapsed, ExportOutcome outcome);
