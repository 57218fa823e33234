using Redactor.Configuration;
using Redactor.Forward;
using Redactor.Listen;
using Redactor.Receive;
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
    private readonly PageServer health;
    private readonly PageServer admin;
    private RuleWatcher? watcher;

    /// <param name="options">The validated configuration.</param>
    /// <param name="rules">The rules, loaded.</param>
    /// <param name="output">Where the debug exporter writes.</param>
    /// <param name="exportTelemetry">Whether to send the program's own metrics and traces over OTLP.</param>
    /// <param name="loggers">The program's log.</param>
    public Sidecar(RedactorOptions options, RuleStore rules, Stream output, bool exportTelemetry, ILoggerFactory loggers)
    {
        this.rules = rules;
        Exporters = [.. options.Exporters.Select(new Exporters(output, loggers.CreateLogger("Redactor.Forward"), metrics.Export, metrics.Retry).Create)];
        exporters = new ExporterSet(Exporters);
        var pipeline = new Pipeline(rules, exporters, metrics);
        Receiver = new OtlpReceiver(options.Receiver, pipeline.RunAsync, loggers.CreateLogger("Redactor.Receive"), metrics.TurnedAway, metrics.Denied);
        telemetry = new OwnTelemetry(exportTelemetry);
        metrics.ObserveBytesInFlight(() => Receiver.BytesInFlight);
        rules.Reloaded += metrics.Reload;
        health = new PageServer(OpenPort("health", options.Health), Pages.Health(readiness, telemetry, rules));
        admin = new PageServer(OpenPort("admin", options.Admin), Pages.Admin(rules), Pages.AdminActions(rules));

        Port OpenPort(string name, PortOptions port) => new(name, port, loggers.CreateLogger("Redactor.Telemetry"), metrics.Denied, TimeProvider.System);
    }

    public OtlpReceiver Receiver { get; }

    public IReadOnlyList<IExporter> Exporters { get; }

    public Uri Health => health.Address;

    public Uri Admin => admin.Address;

    /// <summary>Starts to listen, the receiver last: who finds it open finds everything ready.</summary>
    /// <exception cref="IOException">An address is in use or not this machine's; the message names it.</exception>
    public async Task StartAsync()
    {
        await health.StartAsync();
        await admin.StartAsync();
        watcher = RuleWatcher.Start(rules);
        await Receiver.StartAsync();
        readiness.State = ReadinessState.Ready;
    }

    /// <summary>Stops to accept and waits for what is under way; the pages answer until the end.</summary>
    public Task StopAsync()
    {
        readiness.State = ReadinessState.Stopping;
        return Receiver.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Receiver.DisposeAsync();
        if (watcher is not null)
        {
            await watcher.DisposeAsync();
        }

        await admin.DisposeAsync();
        await health.DisposeAsync();
        exporters.Dispose();
        telemetry.Dispose();
        metrics.Dispose();
    }
}
