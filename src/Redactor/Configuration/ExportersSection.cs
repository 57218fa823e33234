using Redactor.Forward;
using Redactor.Rules;

namespace Redactor.Configuration;

/// <summary>The section <c>exporters</c>: any number of <c>otlp</c>, <c>otlphttp</c>, <c>kafka</c> and <c>debug</c>, told apart by a name behind a slash.</summary>
internal static class ExportersSection
{
    private static readonly string[] Types = ["otlp", "otlphttp", "kafka", "debug"];

    /// <summary>Null where the section is missing.</summary>
    public static IReadOnlyList<ExporterOptions>? Read(YamlSection root)
    {
        if (root.Section("exporters") is not { } section)
        {
            return null;
        }

        var exporters = section.Keys.Select(name => ReadOne(section, name)).OfType<ExporterOptions>().ToList();
        if (!section.Keys.Any())
        {
            root.Mistake("exporters", $"exporters is empty; name at least one of {string.Join(", ", Types)}, or leave it out for debug");
        }

        return exporters;
    }

    private static ExporterOptions? ReadOne(YamlSection section, string name)
    {
        var type = name.Split('/')[0];
        if (!Types.Contains(type) || name.EndsWith('/'))
        {
            section.Mistake(name, $"unknown exporter \"{name}\"{Spelling.Suggest(type, Types)} (a second one of a type is named like otlp/second)");
            return null;
        }

        if (section.Section(name) is not { } exporter)
        {
            return null;
        }

        ExporterOptions? options = type switch
        {
            "kafka" => KafkaExporterSection.Read(exporter, name),
            "debug" => new DebugExporterOptions { Name = name, Signals = ReadSignals(exporter) },
            _ => OtlpExporterSection.Read(exporter, name, ReadSignals(exporter), type == "otlp" ? OtlpTransport.Grpc : OtlpTransport.Http),
        };
        exporter.Close();
        return options;
    }

    private static IReadOnlyList<Signal> ReadSignals(YamlSection exporter)
    {
        if (exporter.Find("signals") is null)
        {
            return Enum.GetValues<Signal>();
        }

        if (exporter.IsEmptyList("signals"))
        {
            exporter.Mistake("signals", $"{exporter.PathOf("signals")} is empty; name at least one, or leave it out for all");
        }

        return exporter.Names<Signal>("signals");
    }
}
