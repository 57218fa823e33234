using Redactor.Forward;
using Redactor.Forward.Queue;

namespace Redactor.Configuration;

/// <summary>The section <c>queue</c>, and what does not go together with one.</summary>
internal static class QueueSection
{
    /// <summary>Greatest size that can be configured, in MiB: 1 TiB, beyond any disk of a sidecar.</summary>
    private const int MaxMiB = 1024 * 1024;

    /// <summary>Greatest age that can be configured: 30 days, beyond what backends still take as new.</summary>
    private static readonly TimeSpan GreatestAge = TimeSpan.FromDays(30);

    /// <summary>Null where the section is missing or has no directory.</summary>
    /// <param name="root">The file.</param>
    /// <param name="exporters">The exporters, which the queue may not suit.</param>
    public static QueueOptions? Read(YamlSection root, IReadOnlyList<ExporterOptions> exporters)
    {
        if (root.Section("queue") is not { } section)
        {
            return null;
        }

        foreach (var exporter in exporters)
        {
            CheckExporter(root, exporter);
        }

        var directory = section.Path("directory");
        if (section.Find("directory") is null)
        {
            section.Context.Mistakes.Add(section.Node, $"{section.PathOf("directory")} is missing; write a directory on a disk that outlives the process, such as /var/lib/redactor");
        }

        var defaults = new QueueOptions { Directory = directory ?? "" };
        var deadLetters = section.Section("dead_letters");
        var options = defaults with
        {
            MaxBytes = section.Mebibytes("max_size_mib", MaxMiB) ?? defaults.MaxBytes,
            MaxAge = section.Value("max_age", Parse.DurationUpTo(GreatestAge), "a duration of at most 720h, such as 72h") ?? defaults.MaxAge,
            Synchronous = section.Value("synchronous", Parse.Name<QueueSynchronous>, Parse.NamesOf<QueueSynchronous>()) ?? defaults.Synchronous,
            MaxDeadLetterBytes = deadLetters?.Mebibytes("max_size_mib", MaxMiB) ?? defaults.MaxDeadLetterBytes,
        };
        deadLetters?.Close();
        section.Close();
        return directory is null ? null : options;
    }

    /// <summary>With a queue nobody else holds the data: retries are on unless somebody says how.</summary>
    public static ExporterOptions WithRetries(ExporterOptions exporter) =>
        exporter is BackendOptions { Retry: null } backend ? backend with { Retry = new RetryOptions() } : exporter;

    private static void CheckExporter(YamlSection root, ExporterOptions exporter)
    {
        if (exporter is not BackendOptions backend || root.Section("exporters")?.Section(exporter.Name) is not { } section)
        {
            return;
        }

        if (backend is OtlpExporterOptions { ForwardHeaders: [_, ..] })
        {
            section.Mistake("forward_headers", $"{section.PathOf("forward_headers")} and queue exclude each other: the senders' own credentials are never written to a disk; give the exporter headers of its own, or remove queue");
        }

        if (backend.Retry is { Enabled: false })
        {
            section.Mistake("retry_on_failure", $"{section.PathOf("retry_on_failure")}: a queue keeps what a backend can't take now and tries again; remove enabled: false, or remove queue");
        }
    }
}
