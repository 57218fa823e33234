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
            Reader.Collect();
            return exporter.Text.ToString();
        }
    }

    public void Dispose()
    {
        Reader.Dispose();
        exporter.Dispose();
    }

    [ExportModes(ExportModes.Pull)]
    private sealed class PullExporter : BaseExporter<Metric>
    {
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
