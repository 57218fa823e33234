using Redactor.Forward.Kafka;
using Redactor.Forward.Stages;

namespace Redactor.Forward;

/// <summary>Options -> exporters, each with its stages before it: split -> retry -> observe -> time-out -> send.</summary>
/// <param name="output">Where the debug exporter writes.</param>
/// <param name="logger">Told when a backend's state changes.</param>
/// <param name="observer">Told how each attempt ended.</param>
/// <param name="onRetry">Told the exporter's name before each further attempt.</param>
public sealed class Exporters(Stream output, ILogger logger, ExportObserver observer, Action<string> onRetry)
{
    /// <param name="options">One exporter's options.</param>
    public IExporter Create(ExporterOptions options)
    {
        var log = new BackendLog(options.Name, logger);
        IExporter send = options switch
        {
            OtlpExporterOptions { Transport: OtlpTransport.Grpc } grpc => new OtlpGrpcExporter(grpc, log),
            OtlpExporterOptions http => new OtlpHttpExporter(http, log),
            KafkaExporterOptions kafka => new KafkaExporter(kafka, log),
            DebugExporterOptions debug => new DebugExporter(debug, output),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.GetType(), "not an exporter of this build"),
        };
        return options is BackendOptions backend ? WithStages(send, backend, log) : new ObserveStage(send, observer);
    }

    private SplitStage WithStages(IExporter send, BackendOptions options, BackendLog log)
    {
        IExporter attempt = new ObserveStage(new TimeoutStage(send, options.Timeout, log), observer);
        return new SplitStage(options.Retry is { Enabled: true } retry ? new RetryStage(attempt, retry, onRetry, TimeProvider.System) : attempt);
    }
}
