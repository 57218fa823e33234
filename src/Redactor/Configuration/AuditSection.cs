using Redactor.Forward;
using Redactor.Rules;

namespace Redactor.Configuration;

/// <summary>The section <c>audit</c>: the exporter that takes the audit's records, and nothing else.</summary>
internal static class AuditSection
{
    /// <summary>Null where the section is missing or wrong.</summary>
    public static ExporterOptions? Read(YamlSection root, IReadOnlyList<ExporterOptions> exporters)
    {
        if (root.Section("audit") is not { } section)
        {
            return null;
        }

        var name = section.Text("exporter");
        if (section.Find("exporter") is null)
        {
            section.Mistake("exporter", $"{section.PathOf("exporter")} is missing; write the name of one of the exporters, such as otlp/audit");
        }

        section.Close();
        var named = exporters.FirstOrDefault(exporter => exporter.Name == name);
        if (name is not null && named is null)
        {
            section.Mistake("exporter", $"{section.PathOf("exporter")} can't be \"{name}\"{Spelling.Suggest(name, [.. exporters.Select(exporter => exporter.Name)])}");
        }
        else if (named is not null && !named.Signals.Contains(Signal.Logs))
        {
            section.Mistake("exporter", $"{section.PathOf("exporter")}: {name} takes no logs, and the records are logs; add logs to its signals");
        }
        else if (named is not null && exporters.Count == 1)
        {
            section.Mistake("exporter", $"{section.PathOf("exporter")}: {name} is the only exporter, and would take the records and nothing else; add one for the telemetry");
        }

        return named is null ? null : QueueSection.WithRetries(named);
    }
}
