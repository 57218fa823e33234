using System.CommandLine;
using System.Runtime.InteropServices;
using Redactor.Configuration;
using Redactor.Forward.Kafka;
using Redactor.Forward.Queue;
using Redactor.Kafka;
using Redactor.Rules;
using Redactor.Telemetry;

namespace Redactor.Cli;

/// <summary><c>redactor run [--config FILE]</c>: the sidecar.</summary>
internal static class RunCommand
{
    private const int CannotStart = 1;

    public static Command Create()
    {
        var config = ConfigOption.Create();
        var command = new Command("run", "Take OTLP, redact it, forward it.") { config };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(config)));
        return command;
    }

    private static async Task<int> RunAsync(string? file)
    {
        ProcessShield.RestartWithoutDiagnostics();

        // Taken before anything else: a signal during the start must end in a clean stop too.
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        RuleStore? loaded = null;
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnHangUp);

        if (await ConfigOption.LoadAsync(file) is not { } options)
        {
            return CommandLine.WrongUsage;
        }

        if (UsesKafka(options) && KafkaLibrary.Prepare() is { } missing)
        {
            await Console.Error.WriteLineAsync($"redactor: {missing}");
            return CannotStart;
        }

        using var loggers = Log.CreateFactory();
        (bool complete, var known) = await KnownLoad.ReadAsync(options.KnownSecrets, loggers);
        if (!complete)
        {
            return CannotStart;
        }

        if (RuleStore.Open(options.Rules, loggers.CreateLogger("Redactor.Rules"), out var mistakes, known?.Current) is not { } rules)
        {
            await WriteMistakesAsync(mistakes);
            return CommandLine.WrongUsage;
        }

        loaded = rules;
        await using var output = Console.OpenStandardOutput();
        Sidecar created;
        try
        {
            created = new Sidecar(options, rules, output, ExportsTelemetry(options), loggers, known);
        }
        catch (Exception e) when (e is QueueUnavailableException or KafkaSetupException or OwnTelemetryException)
        {
            await Console.Error.WriteLineAsync($"redactor: {e.Message}");
            return CannotStart;
        }

        await using var sidecar = created;
        try
        {
            await sidecar.StartAsync();
        }
        catch (IOException e)
        {
            await Console.Error.WriteLineAsync($"redactor: can't listen: {e.Message} Stop what uses the address, or configure another endpoint.");
            return CannotStart;
        }

        // Reading and compiling the rules leaves many times their size behind: give it back before the long run begins.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        await Console.Error.WriteLineAsync(StartNotice.Write(options, sidecar, rules.Status));
        await stop.Task;
        await sidecar.StopAsync();
        return 0;

        void OnSignal(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.TrySetResult();
        }

        void OnHangUp(PosixSignalContext context)
        {
            context.Cancel = true;
            // In a thread of its own, because compiling rules takes a while; the log and /rules tell what came of it.
            Task.Run(() => loaded?.Reload());
        }
    }

    private static bool UsesKafka(RedactorOptions options) => options.KafkaReceivers.Count > 0 || options.Exporters.OfType<KafkaExporterOptions>().Any();

    private static bool ExportsTelemetry(RedactorOptions options)
    {
        if (Environment.GetEnvironmentVariable(OwnTelemetry.EndpointVariable) is not { Length: > 0 } endpoint)
        {
            return false;
        }

        string? wrong = !Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") ? "is not a URL such as http://backend:4317"
            : OwnTelemetry.IsOurselves(endpoint, [options.Receiver.Grpc?.Address, options.Receiver.Http?.Address]) ? "names this sidecar itself"
            : null;
        if (wrong is not null)
        {
            Console.Error.WriteLine($"redactor: {OwnTelemetry.EndpointVariable} {wrong}; its own telemetry is not exported. Name another backend, or unset it.");
        }

        return wrong is null;
    }

    private static async Task WriteMistakesAsync(IEnumerable<RuleMistake> mistakes)
    {
        foreach (var mistake in mistakes)
        {
            await Console.Error.WriteLineAsync($"redactor: {mistake}");
        }
    }
}
