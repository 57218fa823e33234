namespace Redactor.Forward;

/// <summary>All exporters. A payload goes to each that takes its signal, at once; <see cref="OutcomeRule"/> makes one answer of theirs.</summary>
/// <param name="exporters">At least one.</param>
public sealed class ExporterSet(IReadOnlyList<IExporter> exporters) : IDisposable
{
    private readonly Dictionary<Signal, IReadOnlyList<IExporter>> bySignal =
        Enum.GetValues<Signal>().ToDictionary(s => s, s => (IReadOnlyList<IExporter>)[.. exporters.Where(e => e.Signals.Contains(s))]);

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

    private static async Task<ExportOutcome> ExportAsync(IReadOnlyList<IExporter> several, RedactedPayload payload, CancellationToken cancellation) =>
        OutcomeRule.Merge(await Task.WhenAll(several.Select(e => ExportAsync(e, payload, cancellation))));

    /// <summary>Where only the backend knows which records it rejected, all of the payload is named: who keeps dead letters keeps too much rather than too little.</summary>
    private static async Task<ExportOutcome> ExportAsync(IExporter exporter, RedactedPayload payload, CancellationToken cancellation) =>
        await exporter.ExportAsync(payload, cancellation) switch
        {
            ExportOutcome.PartialSuccess { RejectedCount: > 0, Rejected: [] } partial => partial with { Rejected = [payload] },
            var outcome => outcome,
        };
}
