namespace Redactor.Forward.Stages;

/// <summary>A step on the way to a backend: an exporter that hands on to the next one and says so of itself what that one says.</summary>
/// <param name="next">The next step, which this one owns.</param>
public abstract class ExporterStage(IExporter next) : IExporter
{
    public string Name => next.Name;

    public string Destination => next.Destination;

    public IReadOnlyList<Signal> Signals => next.Signals;

    protected IExporter Next => next;

    public abstract Task<ExportOutcome> ExportAsync(RedactedPayload payload, CancellationToken cancellation);

    public void Dispose()
    {
        next.Dispose();
        GC.SuppressFinalize(this);
    }
}
