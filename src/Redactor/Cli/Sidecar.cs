using Redactor.Configuration;
using Redactor.Forward;
using Redactor.Forward.Queue;
using Redactor.Known;
using Redactor.Listen;
using Redactor.Receive;
using Redactor.Redact.Chunks;
using Redactor.Rules;
using Redactor.Telemetry;

namespace Redactor.Cli;

/// <summary>The rooms put together: receiver, pipeline, exporters, pages. Starts and stops them in the right order.</summary>
internal sealed class Sidecar : IAsyncDisposable
{
    private readonly RuleStore rules;
    private readonly RedactorMetrics metrics = new();
    private readonly OwnTelemetry telemetry;
    private readonly Readiness readiness = new();
    private readonly ExporterSet exporters;
    private readonly DiskQueue? queue;
    private readonly AuditLog audit;
    private readonly AuditExporter? auditExporter;
    private readonly ChunkHold? hold;
    private readonly Pipeline pipeline;
    private readonly PageServer health;
    private readonly PageServer admin;
    private readonly KnownStore? known;
    private RuleWatcher? watcher;
    private KnownWatcher? knownWatcher;

    /// <param name="options">The validated configuration.</param>
    /// <param name="rules">The rules, loaded.</param>
    /// <param name="output">Where the debug exporter writes.</param>
    /// <param name="exportTelemetry">Whether to send the program's own metrics and traces over OTLP.</param>
    /// <param name="loggers">The program's log.</param>
    /// <param name="known">The known secrets, loaded; null: there are none.</param>
    /// <exception cref="QueueUnavailableException">The queue's directory can't be used.</exception>
    /// <exception cref="OwnTelemetryException">A variable of the program's own telemetry can't be used.</exception>
    /// <exception cref="Redactor.Kafka.KafkaSetupException">librdkafka refuses the settings.</exception>
    public Sidecar(RedactorOptions options, RuleStore rules, Stream output, bool exportTelemetry, ILoggerFactory loggers, KnownStore? known = null)
    {
        this.rules = rules;
        this.known = known;
        var log = loggers.CreateLogger("Redactor.Forward");
        var backends = new BackendHealth(TimeProvider.System);
        var factory = new Exporters(output, log, Observe, metrics.Retry);
        Exporters = [.. options.Exporters.Select(factory.Create)];
        exporters = new ExporterSet(Exporters);
        readiness.Watch(backends.Troubles);
        if (options.Queue is { } queueOptions)
        {
            queue = new DiskQueue(queueOptions, Exporters, text => Pipeline.Redacted(text, rules.Current), log, TimeProvider.System);
            readiness.Watch(queue.Troubles);
            QueueMetrics.Observe(metrics, queue, queueOptions);
        }

        telemetry = new OwnTelemetry(exportTelemetry);
        auditExporter = options.AuditExporter is { } named ? new AuditExporter(factory.Create(named), rules, metrics) : null;
        ILogger? exported = auditExporter ?? telemetry.Audit;
        ILogger[] auditors = exported is null ? [loggers.CreateLogger(AuditLog.Category)] : [loggers.CreateLogger(AuditLog.Category), exported];
        audit = new AuditLog(auditors, metrics, TimeProvider.System);
        hold = options.HoldBack is { } held ? new ChunkHold(held, TimeProvider.System, metrics.Held) : null;
        var inFlight = new InFlightBytes(options.Receiver.Limits.MaxBytesInFlight);
        Func<long, ExportOutcome.Retryable?> backpressure = queue is null ? _ => null : queue.Backpressure;
        pipeline = new Pipeline(rules, queue is null ? exporters.ExportAsync : (payload, _) => queue.ExportAsync(payload), inFlight, metrics, audit)
        {
            Backpressure = backpressure,
            RefuseOverBudget = options.RefuseOverBudget,
            Hold = hold,
        };
        Receiver = new OtlpReceiver(options.Receiver, pipeline.RunAsync, loggers.CreateLogger("Redactor.Receive"), metrics.TurnedAway, metrics.Denied, inFlight: inFlight, backpressure: backpressure);
        Kafka = new KafkaReceivers(options.KafkaReceivers, pipeline.RunAsync, loggers.CreateLogger("Redactor.Receive"));
        metrics.ObserveBytesInFlight(() => Receiver.BytesInFlight);
        rules.Reloaded += metrics.Reload;
        health = new PageServer(OpenPort("health", options.Health), Pages.Health(readiness, telemetry, rules));
        admin = new PageServer(OpenPort("admin", options.Admin), Pages.Admin(rules), Pages.AdminActions(rules));

        Port OpenPort(string name, PortOptions port) => new(name, port, loggers.CreateLogger("Redactor.Telemetry"), metrics.Denied, TimeProvider.System);

        void Observe(string exporter, Signal signal, TimeSpan elapsed, ExportOutcome outcome)
        {
            metrics.Export(exporter, signal, elapsed, outcome);
            backends.Observe(exporter, outcome);
        }
    }

    /// <summary>Takes OTLP over gRPC and HTTP.</summary>
    public OtlpReceiver Receiver { get; }

    /// <summary>Take OTLP and logs from Kafka; may be none.</summary>
    public KafkaReceivers Kafka { get; }

    /// <summary>Where redacted telemetry goes, each with its stages.</summary>
    public IReadOnlyList<IExporter> Exporters { get; }

    /// <summary>Where the pages about its health are, once it has started.</summary>
    public Uri Health => health.Address;

    /// <summary>Where the pages about its rules are, once it has started.</summary>
    public Uri Admin => admin.Address;

    /// <summary>Starts to listen, the receiver last: who finds it open finds everything ready.</summary>
    /// <exception cref="IOException">An address is in use, not this machine's, or not for this user; the message names it.</exception>
    public async Task StartAsync()
    {
        await health.StartAsync();
        await admin.StartAsync();
        watcher = RuleWatcher.Start(rules);
        if (known is not null)
        {
            metrics.Observe("redactor.known.secrets", "{secret}", "Known secrets that are valid now.", () => [new(known.Count)]);
            metrics.Observe("redactor.known.unreadable_sources", "{source}", "Sources of known secrets that could not be read last time.", () => [new(known.Problems.Count)]);
            knownWatcher = KnownWatcher.Start(known, rules, TimeProvider.System);
        }

        queue?.Start();
        await Receiver.StartAsync();
        Kafka.Start();
        readiness.State = ReadinessState.Ready;
    }

    /// <summary>Stops to accept, waits for what is under way, and delivers for a while what is queued; the pages answer until the end.</summary>
    public async Task StopAsync()
    {
        readiness.State = ReadinessState.Stopping;
        hold?.Stop();
        await Task.WhenAll(Receiver.StopAsync(), Kafka.StopAsync());
        if (queue is not null)
        {
            await queue.StopAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Kafka.DisposeAsync();
        await Receiver.DisposeAsync();
        if (watcher is not null)
        {
            await watcher.DisposeAsync();
        }

        if (knownWatcher is not null)
        {
            await knownWatcher.DisposeAsync();
        }

        await admin.DisposeAsync();
        await health.DisposeAsync();
        if (queue is not null)
        {
            await queue.DisposeAsync();
        }

        pipeline.Dispose();
        hold?.Dispose();
        audit.Dispose();
        if (auditExporter is not null)
        {
            await auditExporter.DisposeAsync();
        }

        exporters.Dispose();
        telemetry.Dispose();
        metrics.Dispose();
    }
}
