using System.Text;
using Redactor.Configuration;
using Redactor.Listen;
using Redactor.Receive;
using Redactor.Rules;
using Redactor.Telemetry;

namespace Redactor.Cli;

/// <summary>What <c>run</c> prints once it listens: for people, without credentials.</summary>
internal static class StartNotice
{
    public static string Write(RedactorOptions options, Sidecar sidecar, RuleStatus rules)
    {
        var text = new StringBuilder($"redactor {ProductVersion.Text}");
        Line("receives", string.Join(", ", Receivers(options.Receiver, sidecar.Receiver)));
        foreach (var source in sidecar.Kafka.Sources)
        {
            Line("consumes", source);
        }

        foreach (var exporter in sidecar.Exporters)
        {
            Line("forwards", $"{string.Join(", ", exporter.Signals.Select(signal => RedactorMetrics.Label(signal)))} to {exporter.Name} ({exporter.Destination})");
        }

        if (options.AuditExporter is { } audit)
        {
            Line("audits", $"to {audit.Name}");
        }

        if (options.Queue is { } queue)
        {
            Line("queue", $"in {queue.Directory}, at most {queue.MaxBytes / (1024 * 1024)} MiB");
        }

        Line("rules", $"{rules.Rules.Rules.Count - rules.Rules.Known.Rules.Count} in {CommandLine.Count(rules.Files.Count, "file")}, profile {Parse.NameOf(options.Rules.Profile)}, version {rules.Rules.Version}");
        if (options.KnownSecrets is { } known)
        {
            Line("knows", $"{CommandLine.Count(rules.Rules.Known.Rules.Count, "secret")} by name, of {CommandLine.Count(known.Sources.Count, "source")}");
        }

        Line("health", $"{sidecar.Health}readyz, {sidecar.Health}metrics");
        Line("admin", $"{sidecar.Admin}rules");
        return text.ToString();

        void Line(string what, string value) => text.Append("\n  ").Append(what.PadRight(10)).Append(value);
    }

    private static IEnumerable<string> Receivers(ReceiverOptions options, OtlpReceiver receiver)
    {
        if (receiver.GrpcAddress is { } grpc)
        {
            yield return $"OTLP/gRPC on {Scheme(options.Grpc)}{grpc}";
        }

        if (receiver.HttpAddress is { } http)
        {
            yield return $"OTLP/HTTP on {Scheme(options.Http)}{http}";
        }
    }

    private static string Scheme(PortOptions? endpoint) => endpoint?.Tls is null ? "http://" : "https://";
}
