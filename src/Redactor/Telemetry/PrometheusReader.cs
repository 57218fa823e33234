using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Redactor.Telemetry;

/// <summary>Collects the metrics whenever <c>/metrics</c> is asked for.</summary>
internal sealed class PrometheusReader : IDisposable
{
    private readonly PullExporter exporter = new();
    private readonly Lock scraping = new();

    public PrometheusReader() => Reader = new BaseExportingMetricReader(exporter);

    /// <summary>To be added to the meter provider.</summary>
    public BaseExportingMetricReader Reader { get; }

    /// <summary>All metrics as they are now.</summary>
    public string Scrape()
    {
        lock (scraping)
        {
            exporter.Text.Clear();
            exporter.Collect!(Timeout.Infinite);
            return exporter.Text.ToString();
        }
    }

    public void Dispose()
    {
        Reader.Dispose();
        exporter.Dispose();
    }

    [ExportModes(ExportModes.Pull)]
    private sealed class PullExporter : BaseExporter<Metric>, IPullMetricExporter
    {
        /// <summary>Set by the reader; the SDK collects for a pull exporter by this way alone.</summary>
        public Func<int, bool>? Collect { get; set; }

        public StringBuilder Text { get; } = new();

        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (var metric in batch)
            {
                PrometheusText.Write(metric, Text);
            }

            return ExportResult.Success;
        }
    }
}
