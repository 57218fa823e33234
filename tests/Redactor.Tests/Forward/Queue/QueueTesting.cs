using Microsoft.Extensions.Logging.Abstractions;
using Redactor.Forward;
using Redactor.Forward.Queue;

namespace Redactor.Tests.Forward.Queue;

/// <summary>A directory for a queue, and short forms.</summary>
internal sealed class QueueTesting : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public QueueOptions Options => new() { Directory = folder.Path, Synchronous = QueueSynchronous.Normal };

    public string File => folder.PathOf("queue.db");

    public IEnumerable<string> Names => Directory.EnumerateFiles(folder.Path).Select(file => Path.GetFileName(file));

    public DiskQueue Open(params IExporter[] exporters) => Open(Options, TimeProvider.System, exporters);

    public static DiskQueue Open(QueueOptions options, TimeProvider time, params IExporter[] exporters) =>
        new(options, exporters, text => text.Replace("secret", "[clean]", StringComparison.Ordinal), NullLogger.Instance, time);

    /// <summary>The numbered payloads of a test.</summary>
    public static RedactedPayload Batch(int number, Signal signal = Signal.Logs) => TestPayload.Of(BitConverter.GetBytes(number), signal);

    public static IEnumerable<int> Numbers(ScriptedExporter exporter) => exporter.Seen.Select(bytes => BitConverter.ToInt32(bytes));

    public static ScriptedExporter Dead(string name = "dead") => new((_, _) => Task.FromResult<ExportOutcome>(new ExportOutcome.Retryable("down")), name);

    public static ScriptedExporter Alive(string name = "alive") => new((_, _) => Task.FromResult(ExportOutcome.Success), name);

    public DeadLetter[] DeadLetters()
    {
        using var file = DeadLetterFile.Open(Options);
        return [.. file.List(null)];
    }

    public void Dispose() => folder.Dispose();
}
