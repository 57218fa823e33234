using System.Diagnostics;

namespace Redactor.Forward;

/// <summary>All exporters. A payload goes to each that takes its signal, at once; <see cref="OutcomeRule"/> makes one answer of theirs.</summary>
public sealed class ExporterSet : IDisposable
{
    private readonly IReadOnlyList<IExporter> exporters;
    private readonly Dictionary<Signal, IReadOnlyList<IExporter>> bySignal;
    private readonly ExportObserver observer;

    /// <param name="exporters">At least one.</param>
    /// <param name="observer">Told of the end of each export.</param>
    public ExporterSet(IReadOnlyList<IExporter> exporters, ExportObserver observer)
    {
        this.exporters = exporters;
        this.observer = observer;
        bySignal = Enum.GetValues<Signal>().ToDictionary(s => s, s => (IReadOnlyList<IExporter>)[.. exporters.Where(e => e.Signals.Contains(s))]);
    }

    /// <summary>Delivers a payload to every backend of its signal.</summary>
    /// <exception cref="OperationCanceledException">The sender gave up.</exception>
    public Task<ExportOutcome> ExportAsync(RedactedPayload payload, CancellationToken cancellation) => bySignal[payload.Signal] switch
    {
        [] => Task.FromResult<ExportOutcome>(new ExportOutcome.Refused(Refusal.SignalNotSupported)),
        [var only] => ExportAsync(only, payload, cancellation),
        var several => ExportAsync(several, payload, cancellation),
    };

    public void Dispose()
    {
        foreach (var exporter in exporters)
        {
            exporter.Dispose();
        }
    }

    private async Task<ExportOutcome> ExportAsync(IReadOnlyList<IExporter> several, RedactedPayload payload, CancellationToken cancellation) =>
        OutcomeRule.Merge(await Task.WhenAll(several.Select(e => ExportAsync(e, payload, cancellation))));

    private async Task<ExportOutcome> ExportAsync(IExporter exporter, RedactedPayload payload, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var outcome = await exporter.ExportAsync(payload, cancellation);
        observer(exporter.Name, payload.Signal, Stopwatch.GetElapsedTime(started), outcome);
        return outcome;
    }
}

/// <summary>Told of the end of an export: to which exporter, of what, how long it took, how it ended.</summary>
public delegate void ExportObserver(string exporter, Signal signal, TimeSpan elapsed, ExportOutcome outcome);
