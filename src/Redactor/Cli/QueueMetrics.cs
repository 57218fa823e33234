using System.Diagnostics.Metrics;
using Redactor.Forward.Queue;
using Redactor.Telemetry;

namespace Redactor.Cli;

/// <summary>What is reported of the queue: depth and age by backend and signal, bytes, dead letters.</summary>
internal static class QueueMetrics
{
    public static void Observe(RedactorMetrics metrics, DiskQueue queue, QueueOptions options)
    {
        metrics.Observe("redactor.queue.batches", "{batch}", "Batches that wait, by exporter and signal.", () => queue.Depths.Select(d => Of(d, d.Batches)));
        metrics.Observe("redactor.queue.waiting", "By", "Payloads that wait, by exporter and signal.", () => queue.Depths.Select(d => Of(d, d.Bytes)));
        metrics.Observe("redactor.queue.oldest.age", "s", "How long the first batch of a lane has waited, by exporter and signal.", () => queue.Depths.Select(d => Of(d, d.OldestAge.TotalSeconds)));
        metrics.Observe("redactor.queue.size", "By", "Payloads that wait, each once for all exporters.", () => [new(queue.Bytes)]);
        metrics.Observe("redactor.queue.limit", "By", "The greatest size of the queue.", () => [new(options.MaxBytes)]);
        metrics.Observe("redactor.queue.set_aside", "{file}", "1 if the queue's file could not be used at the start and was set aside.", () => [new(queue.SetAside ? 1 : 0)]);
        metrics.Observe("redactor.dead_letters", "{batch}", "Batches that will not be delivered, by exporter.", () => queue.DeadLetters.Select(d => new Measurement<double>(d.Batches, Exporter(d.Exporter))));
        metrics.Observe("redactor.dead_letters.size", "By", "Payloads of the dead letters, by exporter.", () => queue.DeadLetters.Select(d => new Measurement<double>(d.Bytes, Exporter(d.Exporter))));
    }

    private static Measurement<double> Of(QueueDepth depth, double value) => new(value, Exporter(depth.Exporter), new("signal", RedactorMetrics.Label(depth.Signal)));

    private static KeyValuePair<string, object?> Exporter(string name) => new("exporter", name);
}
